/** Functions of the host that return something else than they have to, as JavaScript lets them. */
import { describe, expect, it } from 'vitest';
import { anonymousVisitor, type CozeGatewayOptions, createCozeGateway } from '../../../../src/server/index.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { arrange, json, NOW_MS, NOW_SECONDS, quickApp, SITE_ORIGIN, tokenRequest } from '../arrange.js';

const NO_REQUEST_ID = '0'.repeat(32);

function throwError(): never {
  throw new Error('a mistake of the host');
}

const NO_CLOCKS = [
  ['throws', throwError],
  ['rejects', () => Promise.reject(new Error('a mistake of the host'))],
  ['is a promise', () => Promise.resolve(NOW_MS)],
  ['is no number', () => Number.NaN],
  ['is a text', () => String(NOW_MS)],
  ['is undefined', () => undefined],
] as const;

const NO_BYTES = [
  ['throw', throwError],
  ['reject', () => Promise.reject(new Error('a mistake of the host'))],
  ['are a promise', (length: number) => Promise.resolve(crypto.getRandomValues(new Uint8Array(length)))],
  ['are too few', () => crypto.getRandomValues(new Uint8Array(1))],
  ['are a text', () => 'random enough'],
  ['are undefined', () => undefined],
] as const;

describe('Random bytes of the host', () => {
  it.each(NO_BYTES)('A new visitor gets no id from random bytes that %s', async (_, randomBytes) => {
    const identify = anonymousVisitor({ cookieSecret: GATEWAY_SECRET, now: () => NOW_MS, randomBytes: randomBytes as never });
    const { endpoint, events } = arrange({ identify });
    const response = await endpoint(tokenRequest());
    expect([response.status, response.headers.getSetCookie()]).toEqual([500, []]);
    expect(events.at(-1)).toMatchObject({ reason: 'identify_failed', detail: 'error', at: expect.stringMatching(/^host-functions\.ts:/) });
  });

  it.each(NO_BYTES)('The endpoint answers 500 if its random bytes %s', async (_, randomBytes) => {
    const { endpoint, events } = arrange({ randomBytes });
    const response = await endpoint(tokenRequest());
    expect([response.status, await json(response)]).toEqual([500, { error: 'server_error', request_id: NO_REQUEST_ID }]);
    expect(events).toEqual([expect.objectContaining({ reason: 'unexpected', detail: 'random_bytes', durationMs: 0 })]);
  });
});

describe('Clock of the host', () => {
  it.each(NO_CLOCKS)('The endpoint answers 500 if its clock %s', async (_, now) => {
    const { endpoint, events } = arrange({ now });
    const response = await endpoint(tokenRequest());
    expect([response.status, await json(response)]).toEqual([500, { error: 'server_error', request_id: NO_REQUEST_ID }]);
    expect(events).toEqual([expect.objectContaining({ reason: 'unexpected', detail: 'now', durationMs: 0 })]);
  });

  it.each(NO_CLOCKS)('A token and a cookie are not lost if the clock, once they exist, %s', async (_, fails) => {
    let calls = 0;
    const identify = () => ({ id: 'alice', setCookie: 'visitor=1' });
    const counted = arrange({ identify, now: () => ((calls += 1), NOW_MS) });
    await counted.endpoint(tokenRequest());
    let left = calls - 1;
    const { endpoint, events } = arrange({ identify, now: () => ((left -= 1) < 0 ? (fails() as unknown) : NOW_MS) });
    const response = await endpoint(tokenRequest());
    expect([response.status, response.headers.getSetCookie()]).toEqual([200, ['visitor=1']]);
    expect(await json(response)).toMatchObject({ token_type: 'Bearer', expires_at: NOW_SECONDS + 3600 });
    expect(events.at(-1)).toMatchObject({ type: 'token_issued', durationMs: 0 });
  });

  it.each(NO_CLOCKS)('The gateway answers 500 if its clock %s', async (_, now) => {
    const events: object[] = [];
    const gateway = createCozeGateway({
      ...{ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, identify: () => ({ id: 'alice' }) },
      ...{ now, onEvent: (event: object) => events.push(event) },
    } as unknown as CozeGatewayOptions);
    const response = await gateway(new Request(`${SITE_ORIGIN}/coze/v1/bots/7400`, { headers: { authorization: 'Bearer a.token' } }));
    expect([response.status, await json(response)]).toEqual([500, expect.objectContaining({ code: 5000 })]);
    expect(events).toEqual([expect.objectContaining({ reason: 'unexpected', detail: 'now', durationMs: 0 })]);
  });
});
