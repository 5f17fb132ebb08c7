/** Taro's picture dialog. */
import type Taro from '@tarojs/taro';
import { withTaroCallbacks } from './with-taro-callbacks.js';

/** Lets the visitor choose pictures; `sourceType: ['camera']` opens the camera where there is one. Fails with "cancel" when nothing is chosen. */
export function chooseImage(options: Taro.chooseImage.Option = {}): Promise<Taro.chooseImage.SuccessCallbackResult> {
  return withTaroCallbacks('chooseImage', options, async () => {
    const files = await chooseFiles(options);
    const tempFiles = files.map((file) => ({ path: URL.createObjectURL(file), size: file.size, type: file.type, originalFileObj: file }));
    return { tempFiles, tempFilePaths: tempFiles.map(({ path }) => path) };
  });
}

async function chooseFiles({ count = 1, sourceType = [] }: Taro.chooseImage.Option): Promise<readonly File[]> {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept: 'image/*', multiple: count > 1, className: 'ccf-file-input', hidden: true });
  if (sourceType.length === 1 && sourceType[0] === 'camera') input.setAttribute('capture', 'environment');
  document.body.append(input); // Safari forgets an input that is not in the document
  try {
    await new Promise((resolve, reject) => {
      input.addEventListener('change', resolve);
      input.addEventListener('cancel', () => reject(new Error('cancel')));
      input.click();
    });
    return Array.from(input.files ?? []).slice(0, count);
  } finally {
    input.remove();
  }
}
