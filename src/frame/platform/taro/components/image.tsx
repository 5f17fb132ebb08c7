/** Taro's Image. */
import type { ImageProps } from '@tarojs/components';
import type { ForwardedRef, ImgHTMLAttributes } from 'react';
import { forwardRef } from 'react';
import { getStrings } from '../strings.js';
import { Clickable } from './clickable.js';
import { decodeDrawing, Icon } from './icon.js';
import { hostProps } from './shared/host-props.js';
import { taroEvent } from './shared/taro-event.js';

/**
 * An `img`; without a source an empty box of the same size, because the SDK shows a broken picture as the box's background.
 * The SDK gives no alternative texts. What it makes clickable and is no icon is content: a picture in a message. The rest decorates.
 */
export const Image = forwardRef<HTMLElement, Omit<ImageProps, 'ref'>>(function Image(props, ref) {
  const { src, mode = 'scaleToFill', svg, onClick, onLoad, onError } = props;
  const host = hostProps(props, `ccf-image ccf-image--${mode.replace(/ /g, '-')}`);
  if (!src) return <span {...host} ref={ref} />;

  // `svg` marks the SDK's own icons; pictures in messages never have it.
  const drawing = svg ? decodeDrawing(src) : undefined;
  if (drawing !== undefined) return <Icon drawing={drawing} host={host} />;

  const img: ImgHTMLAttributes<HTMLImageElement> = {
    ...host,
    src,
    alt: onClick !== undefined && !svg ? getStrings().picture : '',
    onLoad: (event) => {
      const { naturalWidth: width, naturalHeight: height } = event.currentTarget;
      onLoad?.(taroEvent(event, { width, height }));
    },
    onError: (event) => onError?.(taroEvent(event, { errMsg: `cannot load ${src}` })),
  };
  if (onClick === undefined) return <img {...img} ref={ref as ForwardedRef<HTMLImageElement>} />;
  return <Clickable tag="img" host={img} hasContent onClick={onClick} ref={ref} />;
});
