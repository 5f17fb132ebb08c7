/** Taro's permissions, as far as a browser lets a page ask. */
import type Taro from '@tarojs/taro';

type Settings = Pick<Taro.getSetting.SuccessCallbackResult, 'authSetting'>;

/** Whether the microphone may be used without a prompt. */
export async function getSetting(): Promise<Settings> {
  const { state } = await navigator.permissions.query({ name: 'microphone' });
  return { authSetting: { 'scope.record': state === 'granted' } };
}

/** A page cannot open the browser's settings, so this only reads them again. */
export const openSetting: () => Promise<Settings> = getSetting;
