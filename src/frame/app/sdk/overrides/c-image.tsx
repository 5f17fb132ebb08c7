/**
 * The picture of the bot, the app or the visitor. Built in place of the SDK's (build/sdk-source.ts), whose avatar forgets that its address is
 * broken when it is rendered again.
 */
import type { ImageProps } from '@tarojs/components';
import { type JSX, useContext, useState } from 'react';
import defaultAvatar from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/imgs/avatar.png';
import { Image } from '../../../platform/taro/components/image.js';
import { PictureValidator } from '../../../platform/taro/pictures.js';

/** Shows the default picture if the address must not be loaded, or leads to no picture. Offers no button: an avatar is no content. */
export function CImage({ src, mode, className }: Pick<ImageProps, 'src' | 'mode' | 'className'>): JSX.Element {
  const validate = useContext(PictureValidator);
  const [broken, setBroken] = useState<string>();
  const isShown = broken !== src && validate(src).action === 'load';
  // The SDK marks its own pictures with `svg`.
  return <Image svg={!isShown} src={isShown ? src : defaultAvatar} mode={mode} className={className} onError={() => setBroken(src)} />;
}
