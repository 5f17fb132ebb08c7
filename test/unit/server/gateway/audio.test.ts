/** Answers that are read aloud: streamed within limits of time and number, and ended in any case. */
import { beforeEach, expect, it } from 'vitest';
import { createGatewayParts, type GatewayParts } from '../../../../src/server/gateway/coze-gateway.js';
import { parseGatewayOptions } from '../../../../src/server/gateway/options.js';
import { SetUpWarnings } from '../../../../src/server/reporting/set-up-warnings.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { VirtualTime } from '../../../support/virtual-time.js';
import { quickApp } from '../arrange.js';

let time: VirtualTime;
let parts: GatewayParts;
let token: string;
let cancels: number;

/** An API whose audio begins and never ends. */
function fetchAudio(url: unknown): Promise<Response> {
  if (String(url).includes('/oauth2/')) return Promise.resolve(Response.json({ access_token: 'czs_some_token', expires_in: 3600 }));
  const source = {
    start: (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(Uint8Array.of(1)),
    cancel: () => void (cancels += 1),
  };
  return Promise.resolve(new Response(new ReadableStream(source), { headers: { 'content-type': 'audio/wav' } }));
}

beforeEach(async () => {
  time = new VirtualTime();
  cancels = 0;
  const visitor = { identify: () => ({ id: 'alice' }), rateLimit: false, onEvent: () => undefined } as const;
  const options = parseGatewayOptions({ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, fetch: fetchAudio, ...visitor });
  parts = createGatewayParts(options, time.timers, new SetUpWarnings(() => undefined));
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const response = await parts.token(new Request('https://site.example/token', { method: 'POST', headers, body: '{}' }));
  ({ access_token: token } = (await response.json()) as { readonly access_token: string });
});

function speak(signal = new AbortController().signal): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify({ input: 'hello', voice_id: '1' }), signal };
  return parts.api(new Request('https://site.example/speech', init), '/v1/audio/speech', undefined);
}

it('Audio that does not end is cut off after ten minutes, whether it is read or not', async () => {
  const [read, unread] = await Promise.all([speak(), speak()]);
  const reader = read.body?.getReader();
  expect(await reader?.read()).toMatchObject({ done: false });
  const next = reader?.read();
  const broken = expect(next).rejects.toThrow('The answer broke off.');
  await time.advance(10 * 60_000);
  await broken;
  await expect(unread.arrayBuffer()).rejects.toThrow('The answer broke off.');
  expect([cancels, time.timerCount]).toEqual([2, 0]);
});

it('A visitor can have three audio responses at once, and each that ends or is cancelled makes room for another', async () => {
  const gone = new AbortController();
  const [first, second] = await Promise.all([speak(), speak(), speak(gone.signal)]);
  expect((await speak()).status).toBe(429);
  await first.body?.cancel();
  await second.body?.cancel();
  gone.abort();
  expect((await Promise.all([speak(), speak(), speak()])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(cancels).toBe(3);
});
