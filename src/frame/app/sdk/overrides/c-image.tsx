/**
 * The picture of the bot, the app or the visitor. Built in place of the SDK's (build/sdk-source.ts), whose avatar forgets that its address is
 * broken when it is rendered anew.
 */
import type { ImageProps } from '@tarojs/components';
import { type JSX, useContext, useState } from 'react';
import standIn from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/imgs/avatar.png';
import { Image } from '../../../platform/taro/components/image.js';
import { PictureValidator } from '../../../platform/taro/pictures.js';

/** Where the address may not be loaded, or leads to no picture, the stand-in. Nobody is asked: a face is no content. */
export function CImage({ src, mode, className }: Pick<ImageProps, 'src' | 'mode' | 'className'>): JSX.Element {
  const validate = useContext(PictureValidator);
  const [broken, setBroken] = useState<string>();
  const isShown = broken !== src && validate(src).action === 'load';
  // As the SDK marks what is its own.
  return <Image svg={!isShown} src={isShown ? src : standIn} mode={mode} className={className} onError={() => setBroken(src)} />;
}
