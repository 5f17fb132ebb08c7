/** A picture in a text. Whether it is loaded is decided as for every other picture. */
import type { JSX } from 'react';
import { ContentPicture } from '../../pictures/content-picture.js';
import { useMarkdown } from './markdown-context.js';

export interface PictureProps {
  readonly url: string;
  readonly alt: string;
}

export function Picture({ url, alt }: PictureProps): JSX.Element {
  const { onImageClick } = useMarkdown();
  return (
    <ContentPicture
      // A `blob:` URL belongs to a file of the visitor; in a text it is never valid.
      address={/^\s*blob:/i.test(url) ? undefined : url}
      alt={alt}
      mode="aspectFill"
      className="md-picture"
      onOpen={(picture) => onImageClick?.(picture)}
    />
  );
}
