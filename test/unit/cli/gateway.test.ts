/** The doctor on gateways: ours in front of Coze's cloud and of a Coze Studio, and some with plausible mistakes. */
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startStudioStandIn, type StudioStandIn } from '../../../demo/studio-stand-in/index.js';
import type { CheckId } from '../../../src/cli/doctor/finding.js';
import { createCozeGateway, createTokenEndpoint, fromCozeOAuthConfig } from '../../../src/server/index.js';
import { GATEWAY_SECRET } from '../../support/gateway-world.js';
import { startSharedApp } from '../../support/stand-in.js';
import { allOutput, diagnose, type Diagnosis, failedIn } from './arrange.js';

const SITE = 'https://shop.example';
const asTwo = ['--as', 'Cookie: session=alice', '--as', 'Cookie: session=bob'];

let coze: CozeStandIn;
let studio: StudioStandIn;
beforeAll(async () => {
  [coze, studio] = await Promise.all([startSharedApp(), startStudioStandIn()]);
});
afterAll(() => Promise.all([coze.stop(), studio.stop()]));

function identify({ headers }: Request): { readonly id: string } | null {
  const [, id] = /session=(\w+)/.exec(headers.get('cookie') ?? '') ?? [];
  return id === undefined ? null : { id };
}
const silent = { rateLimit: false, onEvent: () => undefined } as const;

type App = (request: Request) => Response | Promise<Response>;

/** The site is the given app; Coze's own URLs lead to the stand-in, unless the network cannot reach Coze. */
function worldOf(site: App, isCozeReachable = true): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    if (url.origin === SITE) return site(new Request(url, init));
    if (!/^api\.coze\.c(?:n|om)$/.test(url.host)) return fetch(url, init);
    if (!isCozeReachable) throw new TypeError('fetch failed');
    return fetch(`${coze.origin}${url.pathname}${url.search}`, init);
  };
}

function examine(site: App, args: readonly string[], isCozeReachable?: boolean): Promise<Diagnosis> {
  return diagnose(['--endpoint', `${SITE}/coze/token`, ...asTwo, ...args], { fetch: worldOf(site, isCozeReachable) });
}

const ofGateway = ({ checks }: Diagnosis) => checks.filter(({ id }) => id.startsWith('gateway-'));
const statusesOf = (diagnosis: Diagnosis) => ofGateway(diagnosis).map(({ status }) => status);

function ours(): App {
  const gateway = createCozeGateway({
    oauth: fromCozeOAuthConfig(coze.oauthConfig),
    bots: [coze.botId],
    secret: GATEWAY_SECRET,
    identify,
    ...silent,
  });
  return (request) => gateway(request);
}

describe('Doctor on our gateway', () => {
  it('Our gateway in front of Coze’s cloud passes every check, also with another existing bot', async () => {
    const diagnosis = await examine(ours(), ['--bot-id', coze.botId, '--other-bot-id', coze.secondBotId]);
    expect(statusesOf(diagnosis)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(diagnosis.find('gateway-token').explanation).toContain('api.coze.cn and api.coze.com');
    expect(failedIn(diagnosis)).toEqual([]);
    expect(coze.requests.filter(({ path, token }) => token === 'unknown' && path.startsWith('/v1/')).length).toBeGreaterThan(0);
  });

  it('Our gateway in front of Coze Studio passes every check', async () => {
    const gateway = createCozeGateway({
      studio: { apiBaseUrl: studio.origin, accessToken: studio.accessToken },
      ...{ bots: [studio.botId], secret: GATEWAY_SECRET, identify, ...silent },
    });
    const diagnosis = await examine((request) => gateway(request), ['--bot-id', studio.botId, '--upstream', studio.origin]);
    expect(statusesOf(diagnosis)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(diagnosis.find('gateway-token').explanation).toContain(new URL(studio.origin).host);
  });

  it('The doctor leaves no conversation behind', async () => {
    await examine(ours(), ['--bot-id', coze.botId]);
    const gateway = ours();
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: 'session=alice' };
    const signedIn = await gateway(new Request(`${SITE}/coze/token`, { method: 'POST', headers, body: '{}' }));
    const { access_token: token } = (await signedIn.json()) as { access_token: string };
    const list = await gateway(
      new Request(`${SITE}/coze/v1/conversations?bot_id=${coze.botId}`, { headers: { authorization: `Bearer ${token}` } }),
    );
    expect(await list.json()).toMatchObject({ data: { conversations: [] } });
  });

  it('The check of the gateway’s token is a warning when Coze cannot be reached', async () => {
    const diagnosis = await examine(ours(), ['--bot-id', coze.botId], false);
    expect(diagnosis.find('gateway-token')).toMatchObject({ status: 'warning', remedy: expect.stringContaining('--upstream') });
    expect(statusesOf(diagnosis).slice(1)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('The gateway’s token is also tried at the API of the config', async () => {
    const fetch = worldOf(ours(), false);
    const args = ['--config', 'config.json', '--endpoint', `${SITE}/coze/token`, ...asTwo, '--bot-id', coze.botId];
    const diagnosis = await diagnose(args, { config: coze.oauthConfig, fetch });
    expect(diagnosis.find('gateway-token')).toMatchObject({
      status: 'ok',
      explanation: expect.stringContaining(new URL(coze.origin).host),
    });
  });

  it('The checks of a gateway fail with a foreign bot id, and are skipped without a bot id', async () => {
    const diagnosis = await examine(ours(), ['--bot-id', coze.secondBotId]);
    expect(failedIn(diagnosis)).toEqual(['gateway-bots']);
    expect(statusesOf(await examine(ours(), []))).toEqual(Array(5).fill('skipped'));
  });
});

it('The checks of a gateway are skipped for an endpoint that is not a gateway', async () => {
  const endpoint = createTokenEndpoint({ oauth: fromCozeOAuthConfig(coze.oauthConfig), identify, ...silent });
  const diagnosis = await examine((request) => endpoint(request), ['--bot-id', coze.botId]);
  expect(statusesOf(diagnosis)).toEqual(Array(5).fill('skipped'));
  expect(diagnosis.find('gateway-token').explanation).toMatch(/no gateway/);
});

describe('Mistakes in a gateway', () => {
  /** A gateway that issues tokens, and forwards everything else with `forward`. */
  function leaking(tokenOf: (id: string) => Promise<string> | string, forward: App): App {
    const app = new Hono();
    app.post('/coze/token', async ({ req, json }) => {
      const id = identify(req.raw)?.id;
      const noStore = { 'cache-control': 'no-store' };
      if (id === undefined) return json({ error: 'unauthenticated' }, 401, noStore);
      return json({ access_token: await tokenOf(id), expires_in: 600, subject: `subject-of-${id}`, gateway: true }, 200, noStore);
    });
    app.all('/coze/*', ({ req }) => forward(req.raw));
    return (request) => app.fetch(request);
  }

  /** A proxy that forwards everything. */
  const proxyTo =
    (origin: string, token?: string): App =>
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      const body = request.method === 'GET' ? null : await request.arrayBuffer();
      return fetch(`${origin}${pathname.slice('/coze'.length)}${search}`, { method: request.method, headers, body });
    };

  it('The doctor finds a proxy that gives Coze’s own tokens to browsers', async () => {
    const endpoint = createTokenEndpoint({ oauth: fromCozeOAuthConfig(coze.oauthConfig), identify, ...silent });
    const cozeToken = async (id: string): Promise<string> => {
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: `session=${id}` };
      const response = await endpoint(new Request(`${SITE}/coze/token`, { method: 'POST', headers, body: '{}' }));
      return ((await response.json()) as { access_token: string }).access_token;
    };
    const diagnosis = await examine(leaking(cozeToken, proxyTo(coze.origin)), ['--bot-id', coze.botId, '--other-bot-id', coze.secondBotId]);
    expect(failedIn(diagnosis)).toEqual(expect.arrayContaining<CheckId>(['gateway-token', 'gateway-bots', 'gateway-prompt']));
    expect(diagnosis.find('gateway-token').explanation).toMatch(/opens api\.coze\.cn itself/);
  });

  it('The doctor finds a proxy with a personal access token in front of Coze Studio', async () => {
    const forward = proxyTo(studio.origin, studio.accessToken);
    const diagnosis = await examine(
      leaking((id) => `token-of-${id}`, forward),
      ['--bot-id', studio.botId, '--upstream', studio.origin],
    );
    expect(failedIn(diagnosis)).toEqual(expect.arrayContaining<CheckId>(['gateway-conversations', 'gateway-prompt']));
    expect(diagnosis.find('gateway-token').status).toBe('ok');
    expect(diagnosis.find('gateway-prompt').explanation).toMatch(/prompt/);
    expect(diagnosis.exitCode).toBe(1);
  });

  it('The doctor finds a gateway that answers requests which no chat needs', async () => {
    const site = ours();
    const diagnosis = await examine(
      (request) => (new URL(request.url).pathname === '/coze/v1/workspaces' ? Response.json({ code: 0, data: {} }) : site(request)),
      ['--bot-id', coze.botId],
    );
    expect(failedIn(diagnosis)).toEqual(['gateway-list']);
  });

  it('The doctor finds nothing wrong with internal fields of a bot that are empty', async () => {
    const site = ours();
    const diagnosis = await examine(
      async (request) => {
        const response = await site(request);
        if (!new URL(request.url).pathname.startsWith('/coze/v1/bots/')) return response;
        const body = (await response.json()) as { readonly data?: object };
        const data = { ...body.data, prompt_info: {}, plugin_info_list: [], knowledge: null, variables: '' };
        return Response.json({ ...body, data }, { status: response.status });
      },
      ['--bot-id', coze.botId],
    );
    expect(diagnosis.find('gateway-prompt').status).toBe('ok');
  });
});

it('The output of the doctor contains no part of a token or a prompt', () => {
  expect(allOutput.length).toBeGreaterThan(10);
  expect(allOutput.join('\n')).not.toMatch(/eyJ|czs_|pat_of|token-of-|CANARY/);
});
