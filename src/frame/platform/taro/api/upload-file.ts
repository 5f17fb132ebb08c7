/** Taro's upload, with which the SDK sends a voice recording. */
import type Taro from '@tarojs/taro';
import { privateRequest } from '../../../private-request.js';
import { withTaroCallbacks } from './with-taro-callbacks.js';

/**
 * Posts the file behind `filePath` (a `blob:` or `data:` URL) as a field of a multipart form. Resolves for every `statusCode`; rejects
 * without a response.
 */
export function uploadFile(options: Taro.uploadFile.Option): Promise<Taro.uploadFile.SuccessCallbackResult> {
  return withTaroCallbacks('uploadFile', options, async () => {
    const { url, header, timeout, withCredentials } = options;
    const response = await fetch(url, {
      ...privateRequest('POST'),
      headers: header as Record<string, string> | undefined,
      body: await multipartBody(options),
      credentials: withCredentials === false ? 'omit' : 'same-origin',
      signal: timeout === undefined ? null : AbortSignal.timeout(timeout),
    });
    return { data: await response.text(), statusCode: response.status };
  });
}

async function multipartBody({ filePath, name, fileName = 'file', formData = {} }: Taro.uploadFile.Option): Promise<FormData> {
  const body = new FormData();
  for (const [field, value] of Object.entries(formData)) body.append(field, String(value));
  const file = await fetch(filePath, privateRequest('GET'));
  body.append(name, await file.blob(), fileName);
  return body;
}
