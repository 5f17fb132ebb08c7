/** Taro's device functions. */
import type Taro from '@tarojs/taro';
import { withTaroCallbacks } from './with-taro-callbacks.js';

/** The duration of phone systems. */
const LONG_VIBRATION_MS = 400;

/** Vibrates if the device can. */
export function vibrateLong(options: Taro.vibrateLong.Option = {}): Promise<TaroGeneral.CallbackResult> {
  return withTaroCallbacks('vibrateLong', options, () => {
    // eslint-disable-next-line compat/compat, browsers/supported-apis -- Where the device can.
    navigator.vibrate?.(LONG_VIBRATION_MS);
    return {};
  });
}

/** Encodes bytes as Base64. The SDK passes the encoded text of an icon. */
export function arrayBufferToBase64(bytes: ArrayBuffer | ArrayLike<number>): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
