/** Both tokens: the gateway's own in the browser, and Coze's on the server. */
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { VisitorTokens } from '../../../../src/server/gateway/upstream/visitor-tokens.js';
import type { createCozeGateway } from '../../../../src/server/index.js';
import {
  GATEWAY_SECRET,
  GatewayClient,
  gatewayOptions,
  type GatewayWorld,
  serveGateway,
  startGatewayWorld,
} from '../../../support/gateway-world.js';
import { close } from '../../../support/loopback.js';

const OTHER_SECRET = 'another secret of the site, of thirty-two bytes and more';

let world: GatewayWorld;
let nowMs = Date.now();
beforeAll(async () => {
  world = await startGatewayWorld(() => ({ now: () => nowMs, durationSeconds: 900 }));
});
afterEach(() => {
  world.coze.resetFaults();
  world.coze.clearRequests();
  nowMs = Date.now();
});
afterAll(() => world.stop());

const exchanges = () => world.coze.requests.filter(({ path }) => path.endsWith('/oauth2/token')).length;

describe('Coze’s tokens on the server', () => {
  it('Many requests at once cause one exchange for each visitor', async () => {
    const visitors = await Promise.all(['dave', 'erin'].map((name) => world.visitor(name)));
    await Promise.all(visitors.flatMap((visitor) => Array.from({ length: 10 }, () => visitor.call('GET', `/v1/bots/${world.coze.botId}`))));
    expect(exchanges()).toBe(2);
    expect(new Set(world.coze.requests.map(({ sessionName }) => sessionName)).size).toBe(2);
  });

  it.each(['http-401', 'code-4100', 'code-4101', 'sse-error'] as const)(
    'A token that Coze ends early is replaced by one exchange without an error for the visitor, answered as %s',
    async (expiredOnChat) => {
      const frank = await world.visitor(`frank ${expiredOnChat}`);
      const conversation = await frank.begin(world.coze.botId);
      world.coze.setFaults({ expiredOnChat });
      world.coze.expireTokens();
      world.coze.clearRequests();
      expect(await frank.ask(world.coze.botId, conversation, 'still there')).toContain('You said: still there');
      expect([exchanges(), world.coze.requests.filter(({ path }) => path === '/v3/chat').map(({ token }) => token)]).toEqual([
        1,
        ['expired', 'valid'],
      ]);
    },
  );

  it('A browser gets 502, and no reason to renew its token, when Coze rejects every token of the gateway', async () => {
    const grace = await world.visitor('grace');
    world.coze.setFaults({ rejectAllTokens: true });
    const refused = await grace.call('GET', `/v1/bots/${world.coze.botId}`);
    expect([refused.status, refused.body.code]).toEqual([502, 5000]);
    expect(world.events.at(-1)).toMatchObject({ type: 'call_refused', reason: 'upstream_rejected', upstream: { code: '700012006' } });
  });

  it('A missing permission is returned as code 4101 and causes no exchange for further requests', async () => {
    const heidi = await world.visitor('heidi');
    const conversation = await heidi.begin(world.coze.botId);
    world.coze.clearRequests();
    world.coze.setFaults({ missingPermissions: ['feedback'] });
    const give = () => heidi.call('POST', `/v1/conversations/${conversation}/messages/1/feedback`, { feedback_type: 'like' });
    expect([(await give()).body, (await give()).body, (await give()).body]).toEqual(
      Array.from({ length: 3 }, () => ({ code: 4101, msg: 'Coze answered with code 4101.' })),
    );
    expect(exchanges()).toBe(1);
  });

  it('A missing permission is looked for again after ten minutes', async () => {
    // A world of its own, because the clock by which assertions are dated is corrected once it is wrong.
    const own = await startGatewayWorld(() => ({ now: () => nowMs }));
    onTestFinished(() => own.stop());
    const exchanged = () => own.coze.requests.filter(({ path }) => path.endsWith('/oauth2/token')).length;
    const judy = await own.visitor('judy');
    const conversation = await judy.begin(own.coze.botId);
    own.coze.setFaults({ missingPermissions: ['feedback'] });
    const give = () => judy.call('POST', `/v1/conversations/${conversation}/messages/1/feedback`, { feedback_type: 'like' });
    await give();
    own.coze.clearRequests();
    nowMs += 599_000;
    await give();
    expect(exchanged()).toBe(0);
    nowMs += 2_000;
    await give();
    expect(exchanged()).toBeGreaterThan(0);
  });

  it('A failed exchange gets 502, and a later request tries again', async () => {
    const ivan = await world.visitor('ivan');
    world.coze.setFaults({ oauth: 'reject-jwt' });
    const refused = await ivan.call('GET', `/v1/bots/${world.coze.botId}`);
    expect([refused.status, refused.body.code]).toEqual([502, 5000]);
    expect(world.events.at(-1)).toMatchObject({ reason: 'no_upstream_token', detail: 'coze_rejected' });
    world.coze.resetFaults();
    expect((await ivan.call('GET', `/v1/bots/${world.coze.botId}`)).status).toBe(200);
  });

  it('A token is renewed once before it expires, while the present one is still used', async () => {
    let ms = 0;
    let count = 0;
    let isDown = false;
    const exchange = async () => {
      count += 1;
      if (isDown) return { ok: false, error: { reason: 'coze_unavailable' } } as const;
      return { ok: true, value: { value: `czs_${count}`, expiresIn: 100, expiresAt: 0 } } as const;
    };
    const tokens = new VisitorTokens(exchange, () => ms);
    expect([await tokens.get('a'), await tokens.get('a'), count]).toEqual(['czs_1', 'czs_1', 1]);
    ms = 60_000;
    expect(await Promise.all([tokens.get('a'), tokens.get('a')])).toEqual(['czs_1', 'czs_1']);
    expect(count).toBe(2);
    await vi.waitFor(async () => expect(await tokens.get('a')).toBe('czs_2'));
    isDown = true;
    ms = 120_000;
    expect(await tokens.get('a')).toBe('czs_2');
    ms = 158_000;
    await expect(tokens.get('a')).rejects.toThrow('no_upstream_token');
    ms = -1_000;
    isDown = false;
    expect(await tokens.get('a')).toBe(`czs_${count}`);
    expect(await tokens.replace('a', 'czs_old')).toBe(`czs_${count}`);
    expect(await tokens.replace('a', `czs_${count}`)).toBe(`czs_${count}`);
  });
});

describe('Gateway’s tokens in the browser', () => {
  it('A token of the gateway is rejected with 401 after it has expired', async () => {
    const alice = await world.visitor('alice');
    nowMs += 899_000;
    expect((await alice.call('GET', `/v1/bots/${world.coze.botId}`)).status).toBe(200);
    nowMs += 2_000;
    expect((await alice.call('GET', `/v1/bots/${world.coze.botId}`)).status).toBe(401);
  });

  it('A token of the former secret is accepted only as long as `formerSecret` is given', async () => {
    const alice = await world.visitor('alice');
    const during = await serveGateway(gatewayOptions(world.coze, { secret: OTHER_SECRET, formerSecret: GATEWAY_SECRET }));
    const after = await serveGateway(gatewayOptions(world.coze, { secret: OTHER_SECRET }));
    const statuses = [];
    for (const { url } of [during, after]) {
      statuses.push((await new GatewayClient(url, alice.token).call('GET', `/v1/bots/${world.coze.botId}`)).status);
    }
    const fresh = await GatewayClient.signIn(during.url, 'alice');
    statuses.push((await new GatewayClient(after.url, fresh.token).call('GET', `/v1/bots/${world.coze.botId}`)).status);
    expect(statuses).toEqual([200, 401, 200]);
    await Promise.all([close(during.server), close(after.server)]);
  });

  it('A token gives no access to a bot that was removed or added after the token was issued', async () => {
    const alice = await world.visitor('alice');
    const other = await serveGateway(gatewayOptions(world.coze, { bots: [world.coze.secondBotId] }));
    const client = new GatewayClient(other.url, alice.token);
    const codes = [world.coze.botId, world.coze.secondBotId].map(async (bot) => (await client.call('GET', `/v1/bots/${bot}`)).body.code);
    expect(await Promise.all(codes)).toEqual([4200, 4200]);
    await close(other.server);
  });

  it('A gateway of another app with the same secret rejects the token', async () => {
    const alice = await world.visitor('alice');
    const { oauth, ...rest } = gatewayOptions(world.coze) as { oauth: object } & Parameters<typeof createCozeGateway>[0];
    const other = await serveGateway({ ...rest, oauth: { ...oauth, appId: 'another' } } as never);
    expect((await new GatewayClient(other.url, alice.token).call('GET', `/v1/bots/${world.coze.botId}`)).status).toBe(401);
    await close(other.server);
  });
});
