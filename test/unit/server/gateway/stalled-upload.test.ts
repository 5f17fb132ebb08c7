/** Uploads that stall: neither the visitor's body nor the site's `accepts` function may keep one open without a limit. */
import { expect, it } from 'vitest';
import { createGatewayParts } from '../../../../src/server/gateway/coze-gateway.js';
import { parseGatewayOptions } from '../../../../src/server/gateway/options.js';
import { SetUpWarnings } from '../../../../src/server/reporting/set-up-warnings.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { VirtualTime } from '../../../support/virtual-time.js';
import { quickApp } from '../arrange.js';

const HEAD = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nwords';

function fetchNothing(url: unknown, init?: RequestInit): Promise<Response> {
  if (String(url).includes('/oauth2/')) return Promise.resolve(Response.json({ access_token: 'czs_some_token', expires_in: 3600 }));
  return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
}

async function upload(text: string, accepts: () => boolean | Promise<boolean>) {
  const time = new VirtualTime();
  const options = parseGatewayOptions({
    ...{ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, uploads: { accepts } },
    ...{ identify: () => ({ id: 'alice' }), rateLimit: false, fetch: fetchNothing, onEvent: () => undefined },
  });
  const { token, api } = createGatewayParts(options, time.timers, new SetUpWarnings(() => undefined));
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const issued = await token(new Request('https://site.example/token', { method: 'POST', headers: json, body: '{}' }));
  const { access_token: value } = (await issued.json()) as { readonly access_token: string };
  const headers = { authorization: `Bearer ${value}`, 'content-type': 'multipart/form-data; boundary=x' };
  // The body begins, and never ends.
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode(text)) });
  const init: RequestInit & { readonly duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
  return { time, response: api(new Request('https://site.example/upload', init), '/v1/files/upload', undefined) };
}

it.each([
  ['a body that stops in its head', HEAD.slice(0, 30), (): boolean => true],
  ['a body that stops in its file', HEAD, (): boolean => true],
  ['an `accepts` that never settles', HEAD, () => new Promise<boolean>(() => undefined)],
] as const)('An upload with %s ends with 504 after ten minutes', async (_, text, accepts) => {
  const { time, response } = await upload(text, accepts);
  await expect.poll(() => time.timerCount).toBe(1);
  await time.advance(10 * 60_000);
  expect((await response).status).toBe(504);
  expect(time.timerCount).toBe(0);
});

it('An upload gets 500 when `accepts` throws', async () => {
  const { response } = await upload(HEAD, () => {
    throw new Error('a mistake of the site');
  });
  expect((await response).status).toBe(500);
});
