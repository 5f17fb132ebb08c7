// @vitest-environment node
import { expect, test } from 'vitest';
import { isAccessDenied } from '../../../src/cli/doctor/coze-api.js';
import { fail, succeed } from '../../../src/core/result.js';

test.each([
  [403, {}, true],
  [404, {}, true],
  [200, { code: 4200 }, true],
  [400, { code: 4101 }, true],
  // The token is rejected, or the server failed: neither proves anything about the conversation.
  [401, { code: 4101 }, false],
  [500, { code: 4101 }, false],
  [200, { code: 0 }, false],
])('A response with status %i and the body %j counts as a denied access: %s', (status, json, isDenied) => {
  expect(isAccessDenied(succeed({ status, headers: new Headers(), json }))).toBe(isDenied);
});

test('No response does not count as a denied access', () => {
  expect(isAccessDenied(fail('no_response'))).toBe(false);
});
