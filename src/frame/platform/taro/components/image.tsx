/** Taro's Image. */
import type { ImageProps } from '@tarojs/components';
import type { ForwardedRef, ImgHTMLAttributes } from 'react';
import { forwardRef, useContext } from 'react';
import type { PictureVerdict } from '../../../../core/address.js';
import { PictureValidator } from '../pictures.js';
import { getStrings } from '../strings.js';
import { Clickable } from './clickable.js';
import { decodeDrawing, Icon } from './icon.js';
import { hostProps } from './shared/host-props.js';
import { taroEvent } from './shared/taro-event.js';

export type PictureProps = Omit<ImageProps, 'ref'> & {
  /** Alternative text by the picture's author. */
  readonly alt?: string;
};

/**
 * An `img`, or an empty box of the same size without a loadable source: the SDK shows a broken picture as the box's background. The SDK
 * sets no alternative texts. A clickable picture that is no icon is content, namely a picture in a message; all others are decoration.
 */
export const Image = forwardRef<HTMLElement, PictureProps>(function Image(props, ref) {
  const { src: address, mode = 'scaleToFill', lazyLoad, svg, alt, onClick, onLoad, onError } = props;
  const validate = useContext(PictureValidator);
  const host = hostProps(props, `ccf-image ccf-image--${mode.replace(/ /g, '-')}`);

  // `svg` marks the SDK's own icons; pictures in messages never have it.
  const drawing = svg && address ? decodeDrawing(address) : undefined;
  if (drawing !== undefined) return <Icon drawing={drawing} host={host} />;

  const src = svg ? address : loadableUrl(validate(address));
  if (!src) return <span {...host} ref={ref} />;

  const img: ImgHTMLAttributes<HTMLImageElement> = {
    ...host,
    src,
    ...(lazyLoad === true && { loading: 'lazy' }),
    alt: onClick !== undefined && !svg ? alt || getStrings().picture : '',
    onLoad: (event) => {
      const { naturalWidth: width, naturalHeight: height } = event.currentTarget;
      onLoad?.(taroEvent(event, { width, height }));
    },
    onError: (event) => onError?.(taroEvent(event, { errMsg: `cannot load ${src}` })),
  };
  if (onClick === undefined) return <img {...img} ref={ref as ForwardedRef<HTMLImageElement>} />;
  return <Clickable tag="img" host={img} hasContent onClick={onClick} ref={ref} />;
});

function loadableUrl(verdict: PictureVerdict): string | undefined {
  return verdict.action === 'load' ? verdict.url : undefined;
}
