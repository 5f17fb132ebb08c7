/** A picture in a text: what may become of its address is decided as for every other one. */
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
      // What a visitor has chosen is never written in a text.
      address={/^\s*blob:/i.test(url) ? undefined : url}
      alt={alt}
      mode="aspectFill"
      className="md-picture"
      onOpen={(picture) => onImageClick?.(picture)}
    />
  );
}
