/** A `fetch` of the site that does not listen to the signal that it is given, as a wrapper easily forgets to pass it on. */
import { describe, expect, it } from 'vitest';
import { createGatewayParts } from '../../../../src/server/gateway/coze-gateway.js';
import { parseGatewayOptions } from '../../../../src/server/gateway/options.js';
import { SetUpWarnings } from '../../../../src/server/reporting/set-up-warnings.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { VirtualTime } from '../../../support/virtual-time.js';
import { quickApp } from '../arrange.js';

type Upstream = () => Promise<Response>;

function endless(contentType: string): Upstream {
  return () => Promise.resolve(new Response(new ReadableStream(), { headers: { 'content-type': contentType } }));
}

const NEVER: Upstream = () => new Promise(() => undefined);
const DEAF: readonly (readonly [string, Upstream])[] = [
  ['never responds', NEVER],
  ['never ends its JSON', endless('application/json')],
  ['never begins its events', endless('text/event-stream')],
];

const QUESTION = { bot_id: '7400', additional_messages: [{ role: 'user', content: 'hello', content_type: 'text' }] };

async function arrange(upstream: Upstream) {
  const time = new VirtualTime();
  const fetch = (url: unknown): Promise<Response> =>
    String(url).includes('/oauth2/') ? Promise.resolve(Response.json({ access_token: 'czs_some_token', expires_in: 3600 })) : upstream();
  const options = parseGatewayOptions({
    ...{ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, limits: { answersAtOnce: 1 } },
    ...{ identify: () => ({ id: 'alice' }), rateLimit: false, fetch, onEvent: () => undefined },
  });
  const { token, api } = createGatewayParts(options, time.timers, new SetUpWarnings(() => undefined));
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const issued = await token(new Request('https://site.example/token', { method: 'POST', headers: json, body: '{}' }));
  const { access_token: value } = (await issued.json()) as { readonly access_token: string };
  const headers = { ...json, authorization: `Bearer ${value}` };
  const ask = (signal?: AbortSignal): Promise<Response> => {
    const init = { method: 'POST', headers, body: JSON.stringify(QUESTION), ...(signal && { signal }) };
    return api(new Request('https://site.example/v3/chat?conversation_id=1', init), '/v3/chat', undefined);
  };
  return { time, ask };
}

describe('Gateway call whose fetch ignores its signal', () => {
  it.each(DEAF)('A call whose fetch %s ends at the time limit, and the next call is accepted', async (_, upstream) => {
    const { time, ask } = await arrange(upstream);
    for (let asked = 0; asked < 2; asked += 1) {
      const response = ask();
      await expect.poll(() => time.timerCount).toBe(1);
      await time.advance(180_000);
      expect((await response).status).toBe(504);
      expect(time.timerCount).toBe(0);
    }
  });

  it.each(DEAF)('A call whose fetch %s ends when the visitor disconnects, and the next call is accepted', async (_, upstream) => {
    const { time, ask } = await arrange(upstream);
    for (let asked = 0; asked < 2; asked += 1) {
      const visitor = new AbortController();
      const response = ask(visitor.signal);
      await expect.poll(() => time.timerCount).toBe(1);
      visitor.abort();
      expect((await response).status).toBe(502);
      expect(time.timerCount).toBe(0);
    }
  });

  it('A response that arrives after the time limit is cancelled', async () => {
    let isLeft = false;
    let respond = (_response: Response): void => undefined;
    const { ask } = await arrange(() => new Promise((resolve) => (respond = resolve)));
    const visitor = new AbortController();
    const response = ask(visitor.signal);
    const untouched = respond;
    await expect.poll(() => respond !== untouched).toBe(true);
    visitor.abort();
    expect((await response).status).toBe(502);
    respond(new Response(new ReadableStream({ cancel: () => void (isLeft = true) })));
    await expect.poll(() => isLeft).toBe(true);
  });
});
