/** A picture that is a message, or a part of one. Built in place of the SDK's (build/sdk-source.ts), which loads any address. */
import { View } from '@tarojs/components';
import type { JSX } from 'react';
import styles from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/message/components/image/index.module.less';
import { ContentPicture } from '../../pictures/content-picture.js';
import type { OpenedPicture } from '../../pictures/opened-picture.js';

export interface ImageMessageProps {
  readonly url: string;
  readonly onImageClick?: (picture: OpenedPicture) => void;
}

export function ImageMessage({ url, onImageClick }: ImageMessageProps): JSX.Element {
  return (
    <View>
      <ContentPicture address={url} mode="widthFix" className={styles['image'] ?? ''} onOpen={(picture) => onImageClick?.(picture)} />
    </View>
  );
}
