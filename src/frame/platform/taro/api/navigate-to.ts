/** Taro's navigation opens a new tab, since the chat has no pages. */
import type Taro from '@tarojs/taro';
import { parseLink } from '../../../../core/address.js';

/** Opens `url` in a tab without access to the chat's window. */
export function navigateTo({ url }: Pick<Taro.navigateTo.Option, 'url'>): void {
  const address = parseLink(url);
  if (address !== undefined) window.open(address, '_blank', 'noopener,noreferrer');
}
