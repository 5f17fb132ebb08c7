/**
 * Stands in for `@tarojs/taro`, of which the SDK takes some names singly and some from the default export. Here is what it takes on the web.
 * What it takes only inside a mini program (recorder, file system, …) is left out: see test/unit/taro/sdk-surface.test.ts.
 */
import { setClipboardData } from './clipboard.js';
import { arrayBufferToBase64, vibrateLong } from './device.js';
import { getSystemInfoSync } from './environment.js';
import { eventCenter, Events } from './events.js';
import { createInnerAudioContext } from './inner-audio-context.js';
import { uploadFile } from './upload-file.js';

export { chooseImage } from './choose-image.js';
export { ENV_TYPE, getEnv } from './environment.js';
export { navigateTo } from './navigate-to.js';
export { previewImage } from './preview-image.js';
export { request } from './request.js';
export { createSelectorQuery } from './selector-query.js';
export { getSetting, openSetting } from './settings.js';
export { showToast } from './toast.js';
export { useDidHide } from './use-did-hide.js';
export { eventCenter, Events, setClipboardData };

// The SDK writes `import Taro from '@tarojs/taro'`.
export default {
  Events,
  arrayBufferToBase64,
  createInnerAudioContext,
  eventCenter,
  getSystemInfoSync,
  setClipboardData,
  uploadFile,
  vibrateLong,
};
