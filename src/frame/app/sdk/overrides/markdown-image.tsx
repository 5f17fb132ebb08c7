/** A picture in an answer. Built in place of the SDK's (build/sdk-source.ts), which loads any address and forgets the alternative text. */
import type { JSX } from 'react';
import { useMdStreamContext } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/context/index.js';
import styles from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/image/index.module.less';
import { ContentPicture } from '../../pictures/content-picture.js';

export interface MarkdownImageProps {
  readonly node: { readonly url: string; readonly alt?: string | null };
}

export function Image({ node: { url, alt } }: MarkdownImageProps): JSX.Element {
  const { onImageClick, eventCallbacks, imgClassName = '' } = useMdStreamContext();
  const onOpen = eventCallbacks?.onImageClick ?? onImageClick;
  return (
    <ContentPicture
      // What a visitor has chosen is never written in a text.
      address={/^\s*blob:/i.test(url) ? undefined : url}
      alt={alt ?? undefined}
      mode="aspectFill"
      className={`${styles['image']} ${imgClassName}`}
      onOpen={(picture) => onOpen?.(picture)}
    />
  );
}
