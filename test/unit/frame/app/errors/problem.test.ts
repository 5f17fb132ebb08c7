import { expect, test } from 'vitest';
import { getErrorCode, isAuthError } from '../../../../../src/frame/app/errors/api-error-code.js';
import { toReplyProblem, toStartProblem } from '../../../../../src/frame/app/errors/problem.js';

const API = 'https://api.coze.cn';

test.each([
  [4006, 'bot_unavailable'],
  [4015, 'bot_unavailable'],
  [4200, 'bot_unavailable'],
  [4008, 'quota_exceeded'],
  [4011, 'quota_exceeded'],
  [4019, 'quota_exceeded'],
  [4022, 'quota_exceeded'],
  [4027, 'quota_exceeded'],
  [4028, 'quota_exceeded'],
  [788788103, 'quota_exceeded'],
  [4009, 'rate_limited'],
  [4013, 'rate_limited'],
  [4020, 'rate_limited'],
  [5000, 'chat_failed'],
])('Code %i of the API becomes %s, at the start and later, and the message for the page’s author names it', (apiCode, code) => {
  for (const problem of [toStartProblem(apiCode, API), toReplyProblem(apiCode)]) {
    expect(problem).toMatchObject({ code, retryable: true });
    expect(problem.message).toContain(`(code ${apiCode})`);
  }
});

test('Code 4000 of the API becomes bot_unavailable at the start, and chat_failed later', () => {
  expect([toStartProblem(4000, API).code, toReplyProblem(4000).code]).toEqual(['bot_unavailable', 'chat_failed']);
});

test.each([
  [4100, 'token_rejected', `${API} refuses the token: api-base-url must be of the server's region (code 4100).`, 'site'],
  [700012006, 'token_rejected', `${API} refuses the token: api-base-url must be of the server's region (code 700012006).`, 'site'],
  [4101, 'chat_failed', 'The chat could not be started: the OAuth app lacks a permission (code 4101).', 'service'],
])('The problem for code %i at the start says what to check, and that the visitor is not at fault', (apiCode, code, message, fault) => {
  expect(toStartProblem(apiCode, API)).toEqual({ code, message, fault, retryable: true });
});

test('The message of a problem without a code names no code; at the start it names the address of the API', () => {
  expect([toStartProblem(-1, API).message, toReplyProblem(-1).message]).toEqual([
    `No answer of the Coze API came from ${API}. Look at api-base-url, the network, and the page's policy (connect-src).`,
    'A message was not answered.',
  ]);
});

test.each([[{}], [{ valueOf: 0, toString: 0 }], [Object.create(null)], [[4100]], ['no number'], [null]])(
  'A code that is no number counts as none: %j',
  (code) => {
    expect([getErrorCode({ code }), isAuthError({ code })]).toEqual([undefined, false]);
  },
);
