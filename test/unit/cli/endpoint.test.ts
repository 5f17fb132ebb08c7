/** The doctor on deployed token endpoints: the demo website's, ours with other settings, and some with the usual mistakes. */
import { tmpdir } from 'node:os';
import { type Context, Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { type RunningHost, startHost } from '../../../demo/host/start-host.js';
import type { CheckId } from '../../../src/cli/doctor/finding.js';
import {
  anonymousVisitor,
  createCozeChat,
  createTokenEndpoint,
  fromCozeOAuthConfig,
  type TokenEndpointOptions,
} from '../../../src/server/index.js';
import { allOutput, diagnose, type Diagnosis, failedIn, type } from './arrange.js';

const CANARY = 'CANARY7f3a';
const URL = 'https://shop.example/api/coze/token';
const asTwo = ['--as', `Cookie: session=alice-${CANARY}`, '--as', `Cookie: session=bob-${CANARY}`];

let coze: CozeStandIn;
let host: RunningHost;

beforeAll(async () => {
  coze = await startCozeStandIn();
  host = await startHost({ oauthConfig: coze.oauthConfig, botId: coze.botId, embedDir: tmpdir(), port: 0 });
});
afterAll(async () => {
  await host.stop();
  await coze.stop();
});

/** The app's responses, as if it were deployed at `url`. */
function at(app: Pick<Hono, 'fetch'>): typeof globalThis.fetch {
  return async (input, init) => app.fetch(new Request(input, init));
}

function examine(app: Pick<Hono, 'fetch'>, args: readonly string[] = asTwo): Promise<Diagnosis> {
  return diagnose(['--endpoint', URL, ...args], { fetch: at(app) });
}

function userOf(c: Context): string | undefined {
  return /session=(\w+)-/.exec(c.req.header('cookie') ?? '')?.[1];
}
const noStore = { 'cache-control': 'no-store' };
function issued(user: string) {
  return {
    access_token: `czs_${CANARY}_${user}_${Math.random()}`,
    expires_in: 3600,
    subject: `subject-of-${user}`,
  };
}

type Answer = (c: Context) => Response | Promise<Response>;
/** The responses of a correct backend written by somebody else. */
const careful: Answer = (c) => {
  const user = userOf(c);
  return user === undefined ? c.json({ error: 'unauthenticated' }, 401, noStore) : c.json(issued(user), 200, noStore);
};
const refuseGet: Answer = (c) => c.json({ error: 'method_not_allowed' }, 405, noStore);

/** A correct backend with one mistake. */
function backend({ post = careful, get = refuseGet }: { readonly post?: Answer; readonly get?: Answer } = {}): Hono {
  return new Hono().post('*', post).get('*', get);
}

describe('Doctor on a correct token endpoint', () => {
  it('The endpoint of the demo website passes every check with two signed-in visitors', async () => {
    const signIn = async (user: string): Promise<string> => {
      const response = await fetch(`${host.origin}/visitors/left/session`, { method: 'POST', body: JSON.stringify({ user }) });
      return `Cookie: ${response.headers.get('set-cookie')?.split(';')[0] ?? ''}`;
    };
    const visitors = ['--as', await signIn('alice'), '--as', await signIn('bob')];
    const diagnosis = await diagnose(['--endpoint', `${host.origin}/visitors/left/api/coze/token`, ...visitors]);
    expect(diagnosis.exitCode).toBe(0);
    expect(diagnosis.checks.filter(({ id }) => id.startsWith('endpoint')).map(({ status }) => status)).toEqual([
      ...Array<string>(7).fill('ok'),
      // The demo's endpoint is no createCozeChat().
      'skipped',
    ]);
  });

  it('Without visitors a correct endpoint passes, and the check of subjects is skipped', async () => {
    const diagnosis = await diagnose(['--endpoint', `${host.origin}/visitors/left/api/coze/token`]);
    expect(diagnosis.exitCode).toBe(0);
    expect(diagnosis.find('endpoint-subjects').status).toBe('skipped');
    expect(diagnosis.find('endpoint-identity').status).toBe('ok');
  });

  it('A correct backend of another author passes every check', async () => {
    const diagnosis = await examine(backend());
    expect(diagnosis.checks.filter(({ status }) => status !== 'ok' && status !== 'skipped')).toEqual([]);
  });

  it('The endpoint and the config are checked in one run', async () => {
    const surroundings = { config: coze.oauthConfig };
    const diagnosis = await diagnose(
      ['--config', 'config.json', '--endpoint', `${host.origin}/visitors/left/api/coze/token`],
      surroundings,
    );
    expect(failedIn(diagnosis)).toEqual([]);
    expect(diagnosis.find('tokens').status).toBe('ok');
  });
});

describe('Requests of the doctor, as --help describes them', () => {
  it.each<[number, readonly string[]]>([
    [9, []],
    [13, asTwo],
  ])('The doctor sends %i requests to the endpoint, as --help says', async (number, args) => {
    const sent: string[] = [];
    const app = at(backend());
    await diagnose(['--endpoint', URL, ...args], { fetch: (input, init) => (sent.push(String(input)), app(input, init)) });
    expect(sent.filter((url) => url === URL)).toHaveLength(number);
    expect(sent.filter((url) => url !== URL)).toEqual([URL.replace('/token', '/health')]);
    const help = (await type(['doctor', '--help'])).output;
    expect(help).toMatch(/With --endpoint it sends nine requests, with two --as thirteen/);
    expect(help).toMatch(/One more goes to …\/health beside a URL that ends in \/token/);
  });

  it('The doctor creates one conversation and no message', async () => {
    coze.clearRequests();
    await diagnose(['--config', 'config.json', '--bot-id', coze.botId], { config: coze.oauthConfig });
    const paths = coze.requests.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/v1/conversation/create'))).toHaveLength(1);
    expect(coze.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect(paths.filter((path) => path.startsWith('/v1/conversation/message/create'))).toEqual([]);
  });
});

describe('Files of the chat', () => {
  function serving(files: false | string): Pick<Hono, 'fetch'> {
    const oauth = fromCozeOAuthConfig(coze.oauthConfig);
    const chat = createCozeChat({ oauth, identify: () => null, path: '/api/coze', files });
    return { fetch: (request) => chat(request) };
  }

  it('A server whose build left the package’s files out fails one check, which says what to look at', async () => {
    const diagnosis = await examine(serving('file:///nowhere/'), []);
    expect(failedIn(diagnosis)).toEqual(['endpoint-files']);
    expect(diagnosis.exitCode).toBe(1);
    expect(diagnosis.find('endpoint-files').remedy).toMatch(/"dependencies".*dist\//);
  });

  it('A server that lacks no file passes', async () => {
    const diagnosis = await examine(serving(false), []);
    expect(diagnosis.find('endpoint-files').status).toBe('ok');
  });

  it.each<[string, Answer]>([
    ['a page', (c) => c.html('<h1>Shop</h1>')],
    ['JSON of its own', (c) => c.json({ status: 'degraded' })],
    ['null', (c) => c.json(null)],
    ['a redirect', (c) => c.redirect('/login')],
  ])('A site that answers …/health with %s is not judged by it', async (_case, health) => {
    const app = new Hono().get('/api/coze/health', health).route('/', backend());
    expect((await examine(app)).find('endpoint-files').status).toBe('skipped');
  });
});

describe('Doctor on our own endpoint', () => {
  const own = (options: Partial<TokenEndpointOptions>): Pick<Hono, 'fetch'> => {
    const endpoint = createTokenEndpoint({
      oauth: fromCozeOAuthConfig(coze.oauthConfig),
      onEvent: () => undefined,
      ...options,
    } as TokenEndpointOptions);
    return { fetch: (request: Request) => endpoint(request) };
  };

  it('Our endpoint passes with anonymous visitors', async () => {
    const diagnosis = await examine(own({ identify: anonymousVisitor({ cookieSecret: 'a secret of the host, 32 bytes or more' }) }), []);
    expect(failedIn(diagnosis)).toEqual([]);
  });

  it('Our endpoint fails when it trusts the identity that the browser claims', async () => {
    const diagnosis = await examine(own({ trustClientIdentity: true }), []);
    expect(failedIn(diagnosis)).toEqual(['endpoint-identity']);
    expect(diagnosis.find('endpoint-identity').explanation).toMatch(/user_id in the request is believed/);
  });
});

describe('Mistakes in a token endpoint', () => {
  const cors =
    (headers: (origin: string) => Readonly<Record<string, string>>): Answer =>
    async (c) => {
      const answer = await careful(c);
      for (const [name, value] of Object.entries(headers(c.req.header('origin') ?? ''))) answer.headers.set(name, value);
      return answer;
    };
  const believing: Answer = async (c) => {
    const body: { readonly user_id?: string } = await c.req.json().catch(() => ({}));
    return body.user_id === undefined ? careful(c) : c.json(issued(body.user_id), 200, noStore);
  };
  const forEverybody =
    (body: () => object): Answer =>
    (c) =>
      c.json(body(), 200, noStore);
  const forSignedIn =
    (body: (user: string) => object): Answer =>
    (c) => {
      const user = userOf(c);
      return user === undefined ? careful(c) : c.json(body(user), 200, noStore);
    };

  it.each<[string, CheckId, Hono, RegExp]>([
    ['GET is allowed', 'endpoint-method', backend({ get: careful }), /GET is answered like POST/],
    ['CORS allows everybody', 'endpoint-cors', backend({ post: cors(() => ({ 'access-control-allow-origin': '*' })) }), /Every site/],
    [
      'CORS reflects any origin with credentials',
      'endpoint-cors',
      backend({ post: cors((origin) => ({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' })) }),
      /Any site may use the visitors' cookies/,
    ],
    [
      'CORS allows the origin "null" with credentials',
      'endpoint-cors',
      backend({ post: cors(() => ({ 'access-control-allow-origin': 'null', 'access-control-allow-credentials': 'true' })) }),
      /Any site may use the visitors' cookies/,
    ],
    [
      'tokens may be cached',
      'endpoint-cache',
      backend({ post: (c) => (userOf(c) === undefined ? careful(c) : c.json(issued('alice' + userOf(c)))) }),
      /may be cached/,
    ],
    [
      'errors may be cached',
      'endpoint-cache',
      backend({
        post: (c) => (userOf(c) === undefined ? c.json({ error: 'unauthenticated' }, 401, { 'cache-control': 'private' }) : careful(c)),
      }),
      /may be cached/,
    ],
    ['a claimed user_id is trusted', 'endpoint-identity', backend({ post: believing }), /signed-in visitor who claims another/],
    [
      'all visitors have the same identity',
      'endpoint-identity',
      backend({ post: forEverybody(() => issued('all')) }),
      /all visitors share one history/,
    ],
    [
      'everybody gets a token',
      'endpoint-identity',
      backend({ post: forEverybody(() => ({ access_token: `czs_${CANARY}`, expires_in: 1 })) }),
      /Anybody who claims a user_id/,
    ],
    ['two visitors have one subject', 'endpoint-subjects', backend({ post: forSignedIn(() => issued('all')) }), /same subject/],
    [
      'two visitors have one token',
      'endpoint-subjects',
      backend({ post: forSignedIn((user) => ({ ...issued(user), access_token: `czs_${CANARY}` })) }),
      /same token/,
    ],
    [
      'a personal access token is handed out',
      'endpoint-subjects',
      backend({ post: forSignedIn((user) => ({ token: `pat_${CANARY}${user}` })) }),
      /personal or service access token/,
    ],
    [
      'the subject changes with every request',
      'endpoint-subjects',
      backend({ post: forSignedIn((user) => ({ data: issued(`${user}${Math.random()}`) })) }),
      /another subject with every request/,
    ],
    [
      'the visitors are not signed in',
      'endpoint-subjects',
      backend({ post: (c) => c.json({ error: 'unauthenticated' }, 401, noStore) }),
      /no token \(401\)/,
    ],
    [
      'visitors without a session are redirected',
      'endpoint-answers',
      backend({ post: (c) => (userOf(c) ? careful(c) : c.redirect('/log-in')) }),
      /redirect/,
    ],
    [
      'visitors without a session get a page',
      'endpoint-answers',
      backend({ post: (c) => (userOf(c) ? careful(c) : c.html('<h1>Log in</h1>')) }),
      /HTML/,
    ],
    [
      'errors are plain text',
      'endpoint-answers',
      backend({ post: (c) => (userOf(c) ? careful(c) : c.text('no', 401, noStore)) }),
      /not answered as JSON/,
    ],
    [
      'a body that is no JSON causes a 500',
      'endpoint-answers',
      backend({ post: async (c) => ((await c.req.text()).endsWith('}') ? careful(c) : c.json({ error: 'oops' }, 500, noStore)) }),
      /500 at a body that is not JSON/,
    ],
  ])('The doctor finds the mistake: %s', async (_case, id, app, explanation) => {
    const diagnosis = await examine(app);
    expect(diagnosis.exitCode).toBe(1);
    expect(diagnosis.find(id)).toMatchObject({
      status: 'failed',
      explanation: expect.stringMatching(explanation),
      remedy: expect.any(String),
    });
  });

  it.each<[string, CheckId, Hono, RegExp]>([
    [
      'a foreign origin allowed without credentials',
      'endpoint-cors',
      backend({ post: cors((origin) => ({ 'access-control-allow-origin': origin })) }),
      /without credentials/,
    ],
    ['another status for GET', 'endpoint-method', new Hono().post('*', careful), /404 instead of 405/],
    [
      'an answer without a subject',
      'endpoint-subjects',
      backend({ post: forSignedIn((user) => ({ ...issued(user), subject: undefined })) }),
      /without a subject/,
    ],
    [
      'too many requests',
      'endpoint-answers',
      backend({ post: (c) => (userOf(c) ? careful(c) : c.json({ error: 'rate_limited' }, 429, noStore)) }),
      /too often/,
    ],
    [
      'an anonymous visitor for whom user_id is ignored',
      'endpoint-identity',
      backend({ post: (c) => (userOf(c) ? careful(c) : c.json(issued(`visitor-${Math.random()}`), 200, noStore)) }),
      /claimed user_id is not believed/,
    ],
  ])('The doctor warns of a possible mistake: %s', async (_case, id, app, explanation) => {
    const diagnosis = await examine(app);
    expect(diagnosis.exitCode).toBe(0);
    expect(diagnosis.find(id)).toMatchObject({ status: 'warning', explanation: expect.stringMatching(explanation) });
  });

  it.each<[string, Hono]>([
    ['a redirect to a log-in', backend({ post: (c) => (userOf(c) ? careful(c) : c.redirect('/log-in')) })],
    ['a redirect without a target', backend({ post: (c) => (userOf(c) ? careful(c) : c.body(null, 302)) })],
    ['a log-in page', backend({ post: (c) => (userOf(c) ? careful(c) : c.html('<h1>Log in</h1>')) })],
  ])('The advice for an endpoint that answers strangers with %s names the order of the middleware', async (_case, app) => {
    expect((await examine(app)).find('endpoint-answers').remedy).toMatch(
      /401.*chat's path has to be mounted before the middleware that requires a log-in/,
    );
  });

  it('The check of GET is a warning without signed-in visitors', async () => {
    expect((await examine(backend({ get: careful }), [])).find('endpoint-method')).toMatchObject({
      status: 'warning',
      remedy: expect.stringMatching(/--as/),
    });
  });

  it('A mistake in CORS is also found when no visitor is signed in', async () => {
    const post = cors((origin) => ({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }));
    expect(failedIn(await examine(backend({ post }), []))).toEqual(['endpoint-cors']);
  });

  it('A mistake in CORS is also found when only responses to signed-in visitors have it', async () => {
    const post: Answer = async (c) => {
      const answer = await careful(c);
      const origin = c.req.header('origin') ?? '';
      if (answer.status === 200 && origin.startsWith('https:')) {
        answer.headers.set('access-control-allow-origin', origin);
        answer.headers.set('access-control-allow-credentials', 'true');
      }
      return answer;
    };
    expect(failedIn(await examine(backend({ post })))).toEqual(['endpoint-cors']);
  });

  it('An endpoint that does not exist fails one check, and the others are skipped', async () => {
    const diagnosis = await examine(new Hono());
    expect(failedIn(diagnosis)).toEqual(['endpoint-answers']);
    expect(diagnosis.find('endpoint-answers').explanation).toMatch(/nothing at this address/);
    expect(diagnosis.find('endpoint-cors').status).toBe('skipped');
  });

  it('An endpoint that cannot be reached fails one check, with advice for localhost', async () => {
    const fetch = () => Promise.reject(new TypeError(`connect ECONNREFUSED ${CANARY}`));
    const diagnosis = await diagnose(['--endpoint', URL, ...asTwo], { fetch });
    expect(failedIn(diagnosis)).toEqual(['endpoint-answers']);
    expect(diagnosis.find('endpoint-answers').explanation).toMatch(/does not answer/);
    const here = await diagnose(['--endpoint', 'http://localhost:3000/coze/token'], { fetch });
    expect(here.find('endpoint-answers').remedy).toMatch(/is your server running/);
  });
});

describe('Secrets of the endpoint and of its visitors', () => {
  it('The doctor follows no redirect', async () => {
    const redirects = new Set<string | undefined>();
    const fetch: typeof globalThis.fetch = (input, init) => {
      redirects.add(init?.redirect);
      return at(backend())(input, init);
    };
    await diagnose(['--endpoint', URL, ...asTwo], { fetch });
    expect([...redirects]).toEqual(['manual']);
  });

  it('The output of the doctor contains no secret, also when the endpoint echoes its requests', async () => {
    const echo: Answer = async (c) =>
      c.json({ error: `${CANARY} ${c.req.header('cookie') ?? ''} ${await c.req.text()}` }, 401, { [CANARY]: CANARY });
    await examine(backend({ post: echo, get: echo }));
    await type(['doctor', '--endpoint', `${URL}?key=${CANARY}`, ...asTwo], { fetch: at(backend()) });
    expect(allOutput.length).toBeGreaterThan(50);
    expect(allOutput.join('\n')).not.toMatch(new RegExp(`${CANARY}|czs_|pat_C|eyJ`));
  });
});
