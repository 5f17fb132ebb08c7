/** Taro's navigation: there are no pages here, hence a new tab. */
import type Taro from '@tarojs/taro';
import { parseLink } from '../../../../core/address.js';

/** Opens `url` beside the chat, without a way back into it. */
export function navigateTo({ url }: Pick<Taro.navigateTo.Option, 'url'>): void {
  const address = parseLink(url);
  if (address !== undefined) window.open(address, '_blank', 'noopener,noreferrer');
}
