import Taro, { navigateTo, request } from '@tarojs/taro';
import { expect, test, vi } from 'vitest';

const { fetch: realFetch } = globalThis;

/** Answers every request except those for local files, and records what was sent. */
function answer(body: string, init?: ResponseInit): RequestInit[] {
  const sent: RequestInit[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, options = {}) => {
    if (/^(?:blob|data):/.test(String(url))) return realFetch(url);
    sent.push(options);
    return new Response(body, init);
  });
  return sent;
}

test('uploadFile() posts the file of an object URL as a form field, and returns text and status', async () => {
  const sent = answer('{"code":4101}', { status: 401 });
  const filePath = URL.createObjectURL(new Blob(['RIFF'], { type: 'audio/wav' }));

  const result = await Taro.uploadFile({
    url: 'https://api.example/v1/audio/transcriptions',
    filePath,
    name: 'file',
    fileName: 'recorder_1.wav',
    withCredentials: false,
    header: { Authorization: 'Bearer t' },
    formData: { language: 'en' },
  });

  expect(result).toEqual({ data: '{"code":4101}', statusCode: 401, errMsg: 'uploadFile:ok' });
  expect(sent[0]).toMatchObject({ method: 'POST', headers: { Authorization: 'Bearer t' }, credentials: 'omit' });
  const form = sent[0]?.body as FormData;
  const file = form.get('file') as File;
  expect([file.name, file.type, await file.text(), form.get('language')]).toEqual(['recorder_1.wav', 'audio/wav', 'RIFF', 'en']);
});

test('uploadFile() accepts a data URL, too', async () => {
  const sent = answer('');
  await Taro.uploadFile({ url: 'https://api.example/', filePath: 'data:text/plain,hello', name: 'file' });
  expect(await ((sent[0]?.body as FormData).get('file') as File).text()).toBe('hello');
});

test('uploadFile() fails if there is no response', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  await expect(Taro.uploadFile({ url: 'https://api.example/', filePath: 'data:,x', name: 'file' })).rejects.toEqual({
    errMsg: 'uploadFile:fail Failed to fetch',
  });
});

test('request() sends and reads JSON', async () => {
  const sent = answer('{"data":{"access_token":"t"}}', { headers: { 'x-log-id': '7' } });
  const result = await request({ url: 'https://api.example/', method: 'POST', data: { a: 1 } });
  expect([sent[0]?.method, sent[0]?.body]).toEqual(['POST', '{"a":1}']);
  expect(result).toMatchObject({
    data: { data: { access_token: 't' } },
    statusCode: 200,
    header: { 'x-log-id': '7' },
    errMsg: 'request:ok',
  });
});

test('request() returns a response without JSON as text, and passes an error to fail and complete', async () => {
  answer('<html>', { status: 502 });
  expect(await request({ url: 'https://api.example/' })).toMatchObject({ data: '<html>', statusCode: 502 });

  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const handleFail = vi.fn();
  const handleComplete = vi.fn();
  await request({ url: 'https://api.example/', fail: handleFail, complete: handleComplete });
  expect(handleFail).toHaveBeenCalledWith({ errMsg: 'request:fail Failed to fetch' });
  expect(handleComplete).toHaveBeenCalledWith({ errMsg: 'request:fail Failed to fetch' });
});

test('navigateTo() opens a new tab that has no access to the page', () => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  void navigateTo({ url: 'https://example.com/' });
  expect(open).toHaveBeenCalledWith('https://example.com/', '_blank', 'noopener,noreferrer');
});
