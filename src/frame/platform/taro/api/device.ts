/** What Taro asks of the device. */
import type Taro from '@tarojs/taro';
import { withTaroCallbacks } from './with-taro-callbacks.js';

/** As long as on a phone's own system. */
const LONG_VIBRATION_MS = 400;

/** Vibrates where the device can; elsewhere nothing happens. */
export function vibrateLong(options: Taro.vibrateLong.Option = {}): Promise<TaroGeneral.CallbackResult> {
  return withTaroCallbacks('vibrateLong', options, () => {
    // eslint-disable-next-line compat/compat, browsers/supported-apis -- Where the device can.
    navigator.vibrate?.(LONG_VIBRATION_MS);
    return {};
  });
}

/** The bytes as Base64. The SDK hands over the encoded text of an icon. */
export function arrayBufferToBase64(bytes: ArrayBuffer | ArrayLike<number>): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
