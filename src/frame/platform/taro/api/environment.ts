/** The environment in which the SDK runs. */
import type Taro from '@tarojs/taro';

/** The environments that the SDK checks for. */
export const ENV_TYPE = { WEB: 'WEB', WEAPP: 'WEAPP', TT: 'TT' } as const satisfies {
  [Name in keyof Taro.TARO_ENV_TYPE]?: `${Taro.TARO_ENV_TYPE[Name]}`;
};

/** Always the web. */
export const getEnv = (): `${TaroGeneral.ENV_TYPE}` => ENV_TYPE.WEB;

/**
 * The operating system, by which the SDK works around a bug of Safari on desktops. An iPad identifies as a Macintosh, but has a touch
 * screen.
 */
export function getSystemInfoSync(): Pick<Taro.getSystemInfoSync.Result, 'platform'> {
  const { userAgent, maxTouchPoints } = navigator;
  if (/Android/.test(userAgent)) return { platform: 'android' };
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return { platform: 'ios' };
  return { platform: 'desktop' };
}
