import Taro, { ENV_TYPE, getEnv, getSetting, openSetting, useDidHide } from '@tarojs/taro';
import { expect, onTestFinished, test, vi } from 'vitest';
import { render } from '../components/render.js';

test('getEnv() returns the environment WEB', () => {
  expect(getEnv()).toBe(ENV_TYPE.WEB);
});

test.each([
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9)', 5, 'android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, 'ios'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 5, 'ios'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 0, 'desktop'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 0, 'desktop'],
])('The platform of "%s" with %s touch points is %s', (userAgent, maxTouchPoints, platform) => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent);
  vi.spyOn(navigator, 'maxTouchPoints', 'get').mockReturnValue(maxTouchPoints);
  expect(Taro.getSystemInfoSync().platform).toBe(platform);
});

test('arrayBufferToBase64() accepts the bytes of an encoded text', () => {
  expect(Taro.arrayBufferToBase64(new TextEncoder().encode('<svg/>') as unknown as ArrayBuffer)).toBe(btoa('<svg/>'));
});

test('vibrateLong() vibrates if the device supports it, and does not fail otherwise', async () => {
  const vibrate = vi.spyOn(navigator, 'vibrate').mockReturnValue(true);
  await Taro.vibrateLong();
  expect(vibrate).toHaveBeenCalledWith(400);

  Object.defineProperty(navigator, 'vibrate', { value: undefined, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'vibrate'));
  await expect(Taro.vibrateLong()).resolves.toEqual({ errMsg: 'vibrateLong:ok' });
});

test('getSetting() and openSetting() return whether the microphone may be used', async () => {
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'granted' } as PermissionStatus);
  expect(await getSetting()).toEqual({ authSetting: { 'scope.record': true } });
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'prompt' } as PermissionStatus);
  expect(await openSetting()).toEqual({ authSetting: { 'scope.record': false } });
});

test('useDidHide() calls the newest callback when the page is hidden, until it is unmounted', () => {
  const calls: string[] = [];
  const Page = ({ name }: { readonly name: string }): null => {
    useDidHide(() => calls.push(name));
    return null;
  };
  const turnTo = (state: DocumentVisibilityState): void => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const { rerender, unmount } = render(<Page name="first" />);
  rerender(<Page name="second" />);
  turnTo('hidden');
  turnTo('visible');
  expect(calls).toEqual(['second']);
  unmount();
  turnTo('hidden');
  expect(calls).toEqual(['second']);
});
