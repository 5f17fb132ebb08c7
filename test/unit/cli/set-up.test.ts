/** The doctor on the key, the region, the clock, the permissions and Coze's isolation, with the stand-in as Coze. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CozeStandIn, type Faults, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { createCaller } from '../../../src/cli/doctor/coze-api.js';
import type { CheckId } from '../../../src/cli/doctor/finding.js';
import { checkConnectivity } from '../../../src/cli/doctor/setup/connectivity.js';
import { allOutput, diagnose, examineSetUp, failedIn } from './arrange.js';

let coze: CozeStandIn;

beforeAll(async () => {
  coze = await startCozeStandIn();
});
afterAll(() => coze.stop());
beforeEach(() => {
  coze.resetFaults();
  coze.clearRequests();
});

function withBot(): readonly string[] {
  return ['--bot-id', coze.botId];
}

type Fetch = typeof globalThis.fetch;
function urlOf(input: Parameters<Fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}
function isTokenUrl(url: string): boolean {
  return url.endsWith('/api/permission/oauth2/token');
}

/** The real stand-in, with some responses changed. */
function changing(change: (url: string, init: RequestInit) => Promise<Response | undefined> | Response | undefined): Fetch {
  return async (input, init = {}) => (await change(urlOf(input), init)) ?? fetch(input, init);
}

describe('Doctor on a correct set-up', () => {
  it('A correct set-up passes every check', async () => {
    const diagnosis = await examineSetUp(coze, withBot());
    expect(failedIn(diagnosis)).toEqual([]);
    expect(diagnosis).toMatchObject({ exitCode: 0, ok: true });
    expect(diagnosis.checks.filter(({ id }) => !/^(?:endpoint|gateway|site)/.test(id)).map(({ status }) => status)).toEqual(
      Array(14).fill('ok'),
    );
  });

  it('The doctor uses two new session names in each run', async () => {
    await examineSetUp(coze, withBot());
    await examineSetUp(coze, withBot());
    const names = new Set(coze.requests.filter(({ path }) => isTokenUrl(path)).map(({ sessionName }) => sessionName));
    expect(names.size).toBe(4);
  });

  it('Without a bot, the checks that need one are skipped', async () => {
    const diagnosis = await examineSetUp(coze);
    expect(diagnosis.exitCode).toBe(0);
    expect(diagnosis.find('bot').status).toBe('skipped');
    expect(diagnosis.find('isolation-list').status).toBe('skipped');
    expect(diagnosis.find('isolation-messages').status).toBe('ok');
  });
});

describe('Doctor on the config file', () => {
  it.each<[string, () => object | string | undefined, RegExp]>([
    ['that is missing', () => undefined, /^There is no such file: \/.*\/config\.json\.$/],
    ['that is no JSON', () => 'PRIVATE', /^The file is not JSON: /],
    ['that is a list', () => '[]', /not a JSON object/],
    [
      'whose key has line breaks as they are',
      () => JSON.stringify(coze.oauthConfig).replaceAll('\\n', '\n'),
      /^The file is not JSON at line 1: .*line breaks pasted as they are\? Write them as \\n\.$/,
    ],
    ['of a web app', () => ({ ...coze.oauthConfig, client_type: 'web' }), /client_type/],
    ['without a key id', () => ({ ...coze.oauthConfig, public_key_id: undefined }), /public_key_id/],
  ])('A config file %s fails its check, and no request is sent', async (_case, config, explanation) => {
    const content = config();
    const diagnosis = await diagnose(['--config', 'config.json'], content === undefined ? {} : { config: content });
    expect(diagnosis.exitCode).toBe(1);
    expect(diagnosis.find('config')).toMatchObject({
      status: 'failed',
      explanation: expect.stringMatching(explanation),
      remedy: expect.any(String),
    });
    expect(failedIn(diagnosis)).toEqual(['config']);
    expect(coze.requests).toHaveLength(0);
  });

  it('The advice for a missing config file names the stand-in and Coze’s console', async () => {
    const { remedy } = (await diagnose(['--config', 'config.json'])).find('config');
    expect(remedy).toMatch(/"npx coze-chat-embed stand-in" writes one.*Coze's console: https:/);
  });

  it('The content of a config file is not shown when it is given in place of its path', async () => {
    const diagnosis = await diagnose(['--config', JSON.stringify(coze.oauthConfig)]);
    expect(diagnosis.find('config').explanation).toMatch(/not shown\.$/);
    expect(JSON.stringify(diagnosis.checks)).not.toMatch(/BEGIN|client_id/);
  });

  it('A config file with a byte order mark is read', async () => {
    expect((await examineSetUp(coze, [], { config: `\uFEFF${JSON.stringify(coze.oauthConfig)}` })).exitCode).toBe(0);
  });
});

describe('Doctor on the private key', () => {
  const pem = (modulusLength: number): string =>
    generateKeyPairSync('rsa', {
      modulusLength,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey;

  it.each<[string, (key: string) => string, RegExp]>([
    ['that is too short', () => pem(1024), /1024 bits/],
    ['that is cut off', (key) => key.slice(0, 200), /cut off/],
    ['that is no PEM', () => 'secret', /not a PEM key/],
  ])('A private key %s fails its check', async (_case, change, explanation) => {
    const config = { ...coze.oauthConfig, private_key: change(coze.oauthConfig.private_key) };
    const diagnosis = await examineSetUp(coze, [], { config });
    expect(diagnosis.find('key')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(explanation) });
    expect(failedIn(diagnosis)).toEqual(['key']);
  });
});

describe('Doctor on the clock', () => {
  it.each<[string, number, string, RegExp]>([
    ['a little off', 5000, 'ok', /agrees/],
    ['half a minute behind', 35_000, 'warning', /3\d s behind/],
    ['an hour ahead', -3_600_000, 'failed', /3\d{3} s ahead/],
  ])('The check of a clock %s names the difference', async (_case, clockOffsetMs, status, explanation) => {
    coze.setFaults({ clockOffsetMs });
    const diagnosis = await examineSetUp(coze, withBot());
    expect(diagnosis.find('clock')).toMatchObject({ status, explanation: expect.stringMatching(explanation) });
    expect(diagnosis.find('tokens').status).toBe('ok');
  });

  it('The clocks are compared at the middle of a slow request', async () => {
    const offsetsMs = [-50_000, 50_000];
    const now = (): number => Date.now() + (offsetsMs.shift() ?? 0);
    const { clock } = await checkConnectivity(createCaller(globalThis.fetch, coze.origin), now, true);
    expect(clock).toMatchObject({ status: 'ok', explanation: expect.stringMatching(/agrees/) });
  });
});

describe('Doctor without a connection to Coze', () => {
  it('Only the check of the connection fails when Coze cannot be reached', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { fetch: () => Promise.reject(new TypeError('fetch failed')) });
    expect(failedIn(diagnosis)).toEqual(['reachable']);
    expect(diagnosis.exitCode).toBe(1);
  });

  it.each<[string, () => Promise<Response>]>([
    ['nothing listens', () => Promise.reject(new TypeError('fetch failed'))],
    ['another server listens', () => Promise.resolve(new Response('not found', { status: 404 }))],
  ])('The advice for an API on this machine, where %s, asks whether the stand-in runs', async (_case, fetch) => {
    const { remedy } = (await examineSetUp(coze, withBot(), { fetch })).find('reachable');
    expect(remedy).toMatch(/is "npx coze-chat-embed stand-in" running/);
    expect(remedy).not.toMatch(/DNS|firewall|proxy/);
  });

  it('The advice for an API elsewhere names DNS and firewall', async () => {
    const config = { ...coze.oauthConfig, coze_api_base: 'https://api.coze.cn' };
    const diagnosis = await examineSetUp(coze, withBot(), { config, fetch: () => Promise.reject(new TypeError('fetch failed')) });
    expect(diagnosis.find('reachable').remedy).toMatch(/the DNS, the firewall/);
  });

  it('A page of another server fails the check of the connection', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), {
      fetch: () => Promise.resolve(new Response('<html>Log in to the guest network</html>')),
    });
    expect(diagnosis.find('reachable')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/not Coze's API/) });
  });
});

describe('Doctor on the region', () => {
  const rejection = { error_code: 'invalid_client', error_message: 'invalid jwt: kid not been registred', error: 'invalid_client' };
  /** The app exists in one region; the other one does not know it. */
  const livingIn =
    (home: 'api.coze.cn' | 'api.coze.com' | 'nowhere'): Fetch =>
    async (input, init) => {
      const url = new URL(urlOf(input));
      if (isTokenUrl(url.pathname) && url.host !== home) return Response.json(rejection, { status: 401 });
      return fetch(`${coze.origin}${url.pathname}${url.search}`, init);
    };
  const regional = (region: 'coze.cn' | 'coze.com', www: string = region): object => ({
    ...coze.oauthConfig,
    coze_api_base: `https://api.${region}`,
    coze_www_base: `https://www.${www}`,
  });

  it('The check of the region passes when the app exists in it', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { config: regional('coze.com'), fetch: livingIn('api.coze.com') });
    expect(diagnosis.find('region')).toMatchObject({ status: 'ok', explanation: expect.stringContaining('coze.com') });
    expect(failedIn(diagnosis)).toEqual([]);
  });

  it('The check of the region fails when the app exists in the other one', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { config: regional('coze.com'), fetch: livingIn('api.coze.cn') });
    expect(diagnosis.find('region')).toMatchObject({ status: 'failed', remedy: expect.stringContaining('https://api.coze.cn') });
    expect(diagnosis.find('tokens')).toMatchObject({
      status: 'failed',
      explanation: expect.stringMatching(/most often one of the other region/),
    });
  });

  it('The check of the region is a warning when no region knows the key', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { config: regional('coze.cn'), fetch: livingIn('nowhere') });
    expect(diagnosis.find('region').status).toBe('warning');
    expect(failedIn(diagnosis)).toEqual(['tokens']);
  });

  it('The check of the region is a warning when API and website in the config differ', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { config: regional('coze.cn', 'coze.com'), fetch: livingIn('api.coze.cn') });
    expect(diagnosis.find('region').status).toBe('warning');
    expect(diagnosis.exitCode).toBe(0);
  });

  it('The check of the region is a warning for an API of neither region', async () => {
    const config = { ...coze.oauthConfig, coze_api_base: 'https://api.coze.cn.example' };
    const diagnosis = await examineSetUp(coze, withBot(), { config, fetch: livingIn('nowhere') });
    expect(diagnosis.find('region').status).toBe('warning');
  });
});

describe('Doctor on a stand-in', () => {
  it.each([
    ['that is not published', () => coze.unpublishedBotId],
    ['that it does not have', () => '73428668'],
  ])('The advice about a bot %s names the bots of the stand-in, not the console', async (_case, botId) => {
    const { remedy } = (await examineSetUp(coze, ['--bot-id', botId()])).find('bot');
    expect(remedy).toMatch(/"npx coze-chat-embed stand-in" prints .* "Published bots"/);
    expect(remedy).not.toMatch(/console|publish the bot|bot's page/);
  });

  it('The advice about an unknown key of a stand-in names its credentials file, not the region', async () => {
    coze.setFaults({ oauth: 'reject-jwt' });
    expect((await examineSetUp(coze)).find('tokens')).toMatchObject({
      explanation: expect.stringMatching(/^The stand-in does not know the key/),
      remedy: expect.stringMatching(/running "npx coze-chat-embed stand-in" prints as "Credentials"/),
    });
  });
});

describe('Doctor on the exchange', () => {
  it.each<[Partial<Faults>, RegExp]>([
    [{ oauth: 'reject-jwt' }, /does not know the key/],
    [{ oauth: 'access-deny' }, /denies this app/],
    [{ oauth: 'http-400' }, /rejects the request/],
    [{ oauth: 'http-429' }, /asked too often/],
    [{ oauth: 'http-503' }, /trouble of its own/],
    [{ oauth: 'html' }, /not a usable token/],
  ])('The fault %o is explained, and checks that need tokens are skipped', async (faults, explanation) => {
    coze.setFaults(faults);
    const diagnosis = await examineSetUp(coze, withBot());
    expect(diagnosis.find('tokens')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(explanation) });
    expect(failedIn(diagnosis)).toEqual(['tokens']);
    expect(diagnosis.find('isolation-messages').status).toBe('skipped');
  });

  it('The check of the tokens fails when both visitors get the same token', async () => {
    let first: string | undefined;
    const diagnosis = await examineSetUp(coze, withBot(), {
      fetch: changing(async (url, init) => {
        if (!isTokenUrl(url)) return undefined;
        first ??= await (await fetch(url, init)).text();
        return new Response(first);
      }),
    });
    expect(failedIn(diagnosis)).toContain('tokens');
  });
});

describe('Doctor on the bot', () => {
  it('An unpublished bot fails its check, and the other checks run without it', async () => {
    const diagnosis = await examineSetUp(coze, ['--bot-id', coze.unpublishedBotId]);
    expect(diagnosis.find('bot')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/not published.*4015/) });
    expect(failedIn(diagnosis)).toEqual(['bot']);
    expect(diagnosis.find('isolation-messages').status).toBe('ok');
  });

  it('An unknown bot fails its check', async () => {
    const diagnosis = await examineSetUp(coze, ['--bot-id', '42']);
    expect(diagnosis.find('bot')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/no such bot/) });
  });
});

describe('Doctor on permissions', () => {
  const noPermission = { code: 4101, msg: 'no permission' };

  it.each<[string, CheckId, RegExp]>([
    ['/v1/bot/get_online_info', 'bot', /getMetadata/],
    ['/v1/conversation/create', 'permission-conversation', /createConversation/],
    ['/v1/conversations', 'permission-conversation', /listConversation/],
    ['/v1/conversation/message/list', 'permission-message', /listMessage/],
    ['/v1/files/upload', 'permission-file', /uploadFile/],
  ])('A missing permission for %s fails the check %s with its name', async (path, id, remedy) => {
    coze.setFaults({ paths: { [path]: noPermission } });
    const diagnosis = await examineSetUp(coze, withBot());
    expect(diagnosis.find(id)).toMatchObject({ status: 'failed', remedy: expect.stringMatching(remedy) });
  });

  it('The check of a permission is a warning when the response does not show whether it is granted', async () => {
    coze.setFaults({ paths: { '/v1/files/upload': 'http-500' } });
    const diagnosis = await examineSetUp(coze, withBot());
    expect(diagnosis.find('permission-file').status).toBe('warning');
    expect(diagnosis.exitCode).toBe(0);
  });
});

describe('Doctor on the isolation of two users', () => {
  /** Requests to the given path are answered as for user one. */
  const leaking = (path: string): Fetch => {
    let firstBearer: string | undefined;
    return changing((url, init) => {
      const { pathname } = new URL(url);
      if (!pathname.startsWith('/v1/')) return undefined;
      const headers = new Headers(init.headers);
      firstBearer ??= headers.get('authorization') ?? undefined;
      if (pathname !== path || firstBearer === undefined) return undefined;
      headers.set('authorization', firstBearer);
      return fetch(url, { ...init, headers });
    });
  };
  /** The second request to the path, which is user two's, fails. */
  const failingForTwo = (path: string): Fetch => {
    let count = 0;
    return changing((url) =>
      new URL(url).pathname === path && ++count === 2 ? Response.json({ code: 5000 }, { status: 500 }) : undefined,
    );
  };

  it('The check of isolation fails when user two finds the conversation of user one', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { fetch: leaking('/v1/conversations') });
    expect(failedIn(diagnosis)).toEqual(['isolation-list']);
    expect(diagnosis.find('isolation-list').explanation).toMatch(/User two finds/);
  });

  it('The check of isolation fails when user two reads the messages of user one', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { fetch: leaking('/v1/conversation/message/list') });
    expect(failedIn(diagnosis)).toEqual(['isolation-messages']);
    expect(diagnosis.find('isolation-messages').explanation).toMatch(/User two may read/);
  });

  it('A server error for user two does not prove the isolation', async () => {
    const diagnosis = await examineSetUp(coze, withBot(), { fetch: failingForTwo('/v1/conversation/message/list') });
    expect(diagnosis.find('isolation-messages')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/not proven/) });
  });

  it('Requests that fail for user one, too, do not prove the isolation', async () => {
    coze.setFaults({ paths: { '/v1/conversation/message/list': { code: 4002, msg: '' }, '/v1/conversations': { code: 4002, msg: '' } } });
    const diagnosis = await examineSetUp(coze, withBot());
    expect(diagnosis.find('isolation-messages')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/not proven/) });
    expect(diagnosis.find('isolation-list')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/not proven/) });
  });

  it('The isolation is not proven when user one does not find their own conversation', async () => {
    const empty = { code: 0, msg: '', data: { has_more: false, conversations: [] } };
    const fetch = changing((url) =>
      new URL(url).pathname === '/v1/conversations' && url.includes('?') ? Response.json(empty) : undefined,
    );
    const diagnosis = await examineSetUp(coze, withBot(), { fetch });
    expect(diagnosis.find('isolation-list')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/not proven/) });
  });
});

describe('Secrets in the output of the doctor', () => {
  it('The output of all tests of this file contains no secret', () => {
    const output = allOutput.join('\n');
    const keyLines = coze.oauthConfig.private_key.match(/[A-Za-z0-9+/]{16,}/g) ?? [];
    expect(keyLines.length).toBeGreaterThan(10);
    expect(allOutput.length).toBeGreaterThan(40);
    for (const line of keyLines) expect(output).not.toContain(line);
    // Access tokens, assertions, PEM blocks.
    expect(output).not.toMatch(/czs_|eyJ[\w-]{8}|-----BEGIN RSA|MII[\w+/]{8}/);
  });
});
