/** Copying text. */
import type Taro from '@tarojs/taro';
import { getStrings } from '../strings.js';
import { showToast } from './toast.js';
import { withTaroCallbacks } from './with-taro-callbacks.js';

/**
 * The SDK calls this after `navigator.clipboard` has failed, without a secure context or a permission. So this first tries `execCommand`,
 * which needs neither. Shows "Copied" itself, because the SDK expects that of a Taro platform.
 */
export function setClipboardData(options: Taro.setClipboardData.Option): Promise<TaroGeneral.CallbackResult> {
  return withTaroCallbacks('setClipboardData', options, async () => {
    if (!copyBySelection(options.data)) await navigator.clipboard.writeText(options.data);
    await showToast({ title: getStrings().copied });
    return {};
  });
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const source = document.createElement('textarea');
  source.className = 'ccf-copy-source';
  source.readOnly = true; // or a phone opens its keyboard
  source.value = text;
  document.body.append(source);
  source.select();
  const isCopied = document.execCommand('copy');
  source.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isCopied;
}
