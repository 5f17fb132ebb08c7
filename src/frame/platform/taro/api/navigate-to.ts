/** Taro's navigation: there are no pages here, hence a new tab. */
import type Taro from '@tarojs/taro';

/** Opens `url` beside the chat, without a way back into it. */
export function navigateTo({ url }: Pick<Taro.navigateTo.Option, 'url'>): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}
