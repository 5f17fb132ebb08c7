/** B22: messages name the page's wrong setting, or the file that could not be uploaded. */
import { expect, test } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../src/config/config.js';
import { toUploadProblem } from '../../../src/frame/app/errors/problem.js';

/** All other settings are left out. */
const parse = (apiBaseUrl: string) =>
  parseConfig({ tokenEndpoint: '/token', botId: '1', apiBaseUrl } as unknown as ConfigInput, 'https://shop.example/');

test.each([
  'https://www.coze.cn/',
  'https://www.coze.com',
  'https://coze.com/open/oauth/apps',
  'https://api.coze.cn/v3',
  'https://api.coze.cn/v1/',
  'https://api.coze.com/open_api',
  '/coze/v3',
])('The page’s author reads that %s is not the root of the API', (apiBaseUrl) => {
  expect(parse(apiBaseUrl)).toMatchObject({
    ok: false,
    error: {
      code: 'invalid_configuration',
      message: '<coze-chat>: api-base-url must be the root of the API, such as https://api.coze.cn.',
    },
  });
});

test.each(['https://api.coze.com/', '/coze', 'https://proxy.example/v3proxy', 'https://www.coze.cn.example/', 'https://v3.example'])(
  'The URL %s is accepted as the root of the API',
  (apiBaseUrl) => {
    expect(parse(apiBaseUrl)).toMatchObject({ ok: true });
  },
);

test.each([
  [Object.assign(new Error(), { code: 4302 }), /^A file could not be uploaded: .* \(code 4302\)\.$/],
  [Object.assign(new Error(), { status: 413 }), /^A file could not be uploaded \(status 413\): /],
  [undefined, /^A file could not be uploaded: look at its size and kind, and the OAuth app's permission uploadFile\.$/],
])('An upload that fails with %o is reported with its code or status, and what to check', (error, message) => {
  expect(toUploadProblem(error)).toMatchObject({ code: 'chat_failed', retryable: true, message: expect.stringMatching(message) });
});
