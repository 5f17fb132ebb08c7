/**
 * Replaces `@tarojs/taro`, from which the SDK imports names as well as the default export. Only what it uses on the web; its features for
 * mini programs (recorder, file system, …) are left out: see test/unit/frame/platform/taro/sdk-surface.test.ts.
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
