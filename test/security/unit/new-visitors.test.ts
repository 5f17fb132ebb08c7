/** Hundreds of anonymous visitors: a request without a cookie counts as a new visitor, with a rate limit of their own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anonymousVisitor, firstIdentityOf, type Identify, type RequestLimiter } from '../../../src/server/index.js';
import { arrange, type Changes, quickApp, tokenRequest } from '../../unit/server/arrange.js';

const cookieSecret = 'a secret of at least thirty-two bytes, for tests';
const guests = (): Identify => anonymousVisitor({ cookieSecret });

function flooded(changes: Changes = {}) {
  const arranged = arrange({ oauth: quickApp, identify: guests(), ...changes });
  const ask = (headers: Record<string, string> = {}) => arranged.endpoint(tokenRequest({ headers }));
  const statuses = async (times: number, headers: (turn: number) => Record<string, string> = () => ({})) => {
    const counted: Record<number, number> = {};
    for (let turn = 0; turn < times; turn += 1) {
      const { status } = await ask(headers(turn));
      counted[status] = (counted[status] ?? 0) + 1;
    }
    return counted;
  };
  const warnings = () => arranged.events.flatMap((event) => (event.type === 'warning' ? [event.code] : []));
  return { ...arranged, ask, statuses, warnings };
}

const byHeader = { clientAddress: (request: Request) => request.headers.get('x-real-ip') };

describe('M7: new anonymous visitors', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('By default, 120 new visitors in a minute get a token, and the others cause no exchange', async () => {
    const { statuses, coze, events } = flooded();
    expect(await statuses(600)).toEqual({ 200: 120, 429: 480 });
    expect(coze.seen).toHaveLength(120);
    expect(events.at(-1)).toMatchObject({ status: 429, reason: 'new_visitors_rate_limited' });
  });

  it('A new visitor gets a token after the time to wait', async () => {
    const { statuses, ask } = flooded({ rateLimit: { newVisitors: { requests: 2, perSeconds: 60 } } });
    expect(await statuses(3)).toEqual({ 200: 2, 429: 1 });
    expect((await ask()).headers.get('retry-after')).toBe('60');
    vi.advanceTimersByTime(60_000);
    expect(await statuses(1)).toEqual({ 200: 1 });
  });

  it('A new visitor who has to wait gets no cookie, so that cookies cannot be collected', async () => {
    const { ask } = flooded({ rateLimit: { newVisitors: { requests: 1, perSeconds: 60 } } });
    expect((await ask()).headers.getSetCookie()).toHaveLength(1);
    const refused = await ask();
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([429, []]);
  });

  it('New visitors do not lock out a visitor who has a cookie, also while it is being renewed', async () => {
    let nowMs = Date.UTC(2025, 10, 23);
    const identify = anonymousVisitor({ cookieSecret, now: () => nowMs });
    const { ask, statuses } = flooded({ identify, rateLimit: { newVisitors: { requests: 2, perSeconds: 60 } } });
    const [setCookie = ''] = (await ask()).headers.getSetCookie();
    const cookie = setCookie.split(';', 1)[0] ?? '';
    expect(await statuses(5)).toEqual({ 200: 1, 429: 4 });
    expect((await ask({ cookie })).status).toBe(200);
    nowMs += 100 * 86_400_000;
    const renewed = await ask({ cookie });
    expect([renewed.status, renewed.headers.getSetCookie().length]).toEqual([200, 1]);
  });

  it('New visitors count behind other strategies and behind a function of the host', async () => {
    const strategies: Identify[] = [firstIdentityOf(() => null, guests()), (...request) => guests()(...request)];
    for (const identify of strategies) {
      const { statuses } = flooded({ identify, rateLimit: { newVisitors: { requests: 3, perSeconds: 60 } } });
      expect(await statuses(5)).toEqual({ 200: 3, 429: 2 });
    }
  });

  it('New visitors of the host’s own function count if they get a cookie, unless the host says that they are not new', async () => {
    let made = 0;
    const rateLimit = { newVisitors: { requests: 3, perSeconds: 60 } };
    const visitor = () => ({ id: `guest-${(made += 1)}`, setCookie: `guest=${made}` });
    expect(await flooded({ identify: visitor, rateLimit }).statuses(5)).toEqual({ 200: 3, 429: 2 });
    expect(await flooded({ identify: () => ({ ...visitor(), isNew: false }), rateLimit }).statuses(5)).toEqual({ 200: 5 });
  });

  it('New visitors of one address get a quarter of the limit, so that other addresses get the rest', async () => {
    const { statuses } = flooded({ rateLimit: byHeader });
    expect(await statuses(200, () => ({ 'x-real-ip': '192.0.2.1' }))).toEqual({ 200: 30, 429: 170 });
    expect(await statuses(60, (turn) => ({ 'x-real-ip': `198.51.100.${turn}` }))).toEqual({ 200: 60 });
  });

  it('New visitors count together, however many addresses they come from', async () => {
    const { statuses } = flooded({ rateLimit: byHeader });
    expect(await statuses(250, (turn) => ({ 'x-real-ip': `192.0.2.${turn}` }))).toEqual({ 200: 120, 429: 130 });
  });

  it('New visitors of several instances count together if there is a store', async () => {
    const counts = new Map<string, number>();
    const store = ({ name, requests }: { readonly name: string; readonly requests: number }): RequestLimiter => ({
      consume: async (key) => {
        const count = (counts.get(name + key) ?? 0) + 1;
        counts.set(name + key, count);
        if (count > requests) throw Object.assign(new Error('limit'), { msBeforeNext: 1000 });
      },
    });
    const [one, two] = [flooded({ rateLimit: { store } }), flooded({ rateLimit: { store } })];
    expect([await one.statuses(100), await two.statuses(100)]).toEqual([{ 200: 100 }, { 200: 20, 429: 80 }]);
  });

  it('New visitors are not limited, and cause no warning, if the host has switched the limits off', async () => {
    const { statuses, warnings } = flooded({ rateLimit: false });
    expect([await statuses(130), warnings()]).toEqual([{ 200: 130 }, []]);
  });
});

describe('M7: warnings for the operator', () => {
  it.each<[string, Identify]>([
    ['anonymousVisitor', guests()],
    ['a strategy after others', firstIdentityOf(() => null, firstIdentityOf(guests()))],
  ])('The operator is warned at the start if %s can create visitors and the address is unknown', (_case, identify) => {
    expect(flooded({ identify }).warnings()).toEqual(['client_address_missing']);
  });

  it('The operator is warned at the first visitor if nothing shows earlier that visitors are created', async () => {
    const { ask, warnings } = flooded({ identify: (...request: Parameters<Identify>) => guests()(...request) });
    expect(warnings()).toEqual([]);
    await ask();
    await ask();
    expect(warnings()).toEqual(['client_address_missing']);
  });

  it('The operator gets no warning if addresses are known or no visitor is created', async () => {
    const known = flooded({ rateLimit: byHeader });
    const signedIn = flooded({ identify: () => ({ id: 'alice' }) });
    await known.ask({ 'x-real-ip': '192.0.2.1' });
    await signedIn.ask();
    expect([known.warnings(), signedIn.warnings()]).toEqual([[], []]);
  });

  it('The operator is warned once that new visitors have to wait', async () => {
    const { statuses, warnings } = flooded({ rateLimit: { ...byHeader, newVisitors: { requests: 1, perSeconds: 60 } } });
    await statuses(10);
    expect(warnings()).toEqual(['new_visitors_limited']);
  });
});
