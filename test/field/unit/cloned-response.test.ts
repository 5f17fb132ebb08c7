/** B21: a page that wraps `fetch` and reads a clone of each response, as monitoring does, gets the whole clone and no AbortError. */
import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemTimers } from '../../../src/core/clock.js';
import { TokenReason } from '../../../src/token/protocol.js';
import { requestToken } from '../../../src/token/request/endpoint-request.js';
import { close, listen } from '../../support/loopback.js';
import { runs } from '../../support/runs.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

let origin: string;
let answer: Answer;
const server = createServer((_, response) => {
  const { status, type, body } = answer;
  response.writeHead(status, { 'content-type': type });
  // In two chunks; the second is sent after the first has been read.
  response.write(body.slice(0, body.length / 2));
  setTimeout(() => response.end(body.slice(body.length / 2)), 5);
});
beforeAll(async () => {
  origin = await listen(server);
});
afterAll(() => close(server));

const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 400, 401, 403, 404, 409, 429, 500, 503),
  type: fc.constantFrom('application/json', 'text/html'),
  body: fc.oneof(
    fc.constant('{"access_token":"czs_1","expires_in":3600,"subject":"alice"}'),
    fc.constant('{"error":"forbidden_origin"}'),
    fc.string({ minLength: 1, maxLength: 100_000, unit: fc.constantFrom('a', ' ', '{') }),
  ),
});

/** What the page's wrapper reads from the clone after the request has ended. */
async function readCopy(reason: TokenReason): Promise<{ copy: string; isAborted: boolean }> {
  let copied: Response | undefined;
  let signal: AbortSignal | null | undefined;
  const wrapped: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    copied = response.clone();
    signal = init?.signal;
    return response;
  };
  await requestToken(
    { endpoint: `${origin}/token`, credentials: 'include', body: { reason }, signal: new AbortController().signal },
    { fetch: wrapped, clock: systemClock, timers: systemTimers, pageOrigin: origin },
  );
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { copy: (await copied?.text()) ?? '', isAborted: signal?.aborted === true };
}

test('Whatever the token endpoint returns, a clone of the response is complete, and a finished request is not aborted', async () => {
  const check = async (given: Answer, reason: TokenReason): Promise<void> => {
    answer = given;
    expect(await readCopy(reason)).toEqual({ copy: given.body, isAborted: false });
  };
  await fc.assert(fc.asyncProperty(anyAnswer, fc.constantFrom(TokenReason.Initial, TokenReason.Verify), check), { numRuns: runs(60) });
});
