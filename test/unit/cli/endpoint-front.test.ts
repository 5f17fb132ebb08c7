/** The doctor on endpoints behind something that answers in their place: it reports that, and not its consequences. */
import { createServer, type RequestListener, type Server } from 'node:http';
import express from 'express';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { close, listen } from '../../support/loopback.js';
import { arrange } from '../server/arrange.js';
import { diagnose, type Diagnosis, failedIn } from './arrange.js';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
});

async function examineServer(listener: RequestListener): Promise<Diagnosis> {
  const server = createServer(listener);
  servers.push(server);
  return diagnose(['--endpoint', `${await listen(server)}/token`]);
}

function examineApp(app: Hono, args: readonly string[] = []): Promise<Diagnosis> {
  return diagnose(['--endpoint', 'https://shop.example/token', ...args], {
    fetch: async (input, init) => app.fetch(new Request(input, init)),
  });
}

/** The ids of all endpoint checks with the given status. */
function idsWith(status: string, { checks }: Diagnosis): readonly string[] {
  return checks.filter((check) => check.id.startsWith('endpoint-') && check.status === status).map(({ id }) => id);
}

const asTwo = ['--as', 'Cookie: session=alice', '--as', 'Cookie: session=bob'];
const ALL_BUT_ANSWERS = [
  'endpoint-body',
  'endpoint-method',
  'endpoint-cache',
  'endpoint-cors',
  'endpoint-identity',
  'endpoint-subjects',
  'endpoint-files',
];

describe('Body parser in front of the endpoint', () => {
  const endpoint = arrange({ identify: () => null }).endpoint;
  const answerWith =
    (status: number, body: object): express.ErrorRequestHandler =>
    (_error, _request, response, _next) =>
      void response.status(status).json(body);

  it.each<[string, readonly express.ErrorRequestHandler[]]>([
    ['as Express does, with a page', []],
    ['with the site’s own JSON', [answerWith(400, { message: 'bad JSON' })]],
    ['with an error in JSON', [answerWith(400, { error: 'bad JSON' })]],
    ['with a failure', [answerWith(500, { error: 'oops' })]],
  ])('A body parser that answers invalid JSON %s causes one warning and no failure', async (_case, errorHandlers) => {
    const app = express().use(express.json()).all('/token', endpoint);
    for (const handler of errorHandlers) app.use(handler);
    const diagnosis = await examineServer(app);
    expect(diagnosis.exitCode).toBe(0);
    expect(failedIn(diagnosis)).toEqual([]);
    expect(idsWith('warning', diagnosis)).toEqual(['endpoint-body']);
    expect(diagnosis.find('endpoint-body')).toMatchObject({
      explanation: expect.stringMatching(/answered \(\d00\) by something before the endpoint.*express\.json\(\)/),
      remedy: expect.stringMatching(/nothing to change\. A gateway has to be mounted above/),
    });
  });

  it('A body parser is also found in front of another endpoint, by the form of its response', async () => {
    const app = express()
      .use(express.json())
      .post('/token', (_request, response) => void response.set('cache-control', 'no-store').status(401).json({ error: 'unauthenticated' }))
      .all('/token', (_request, response) => void response.sendStatus(405));
    const diagnosis = await examineServer(app);
    expect([failedIn(diagnosis), idsWith('warning', diagnosis)]).toEqual([[], ['endpoint-body']]);
  });

  it('A body parser does not hide that all responses may be cached', async () => {
    const app = express()
      .use(express.json())
      .post('/token', (_request, response) => void response.status(401).json({ error: 'unauthenticated' }))
      .all('/token', (_request, response) => void response.sendStatus(405));
    expect(failedIn(await examineServer(app))).toEqual(['endpoint-cache']);
  });
});

describe('Log-in in front of the endpoint', () => {
  it.each<[string, (app: Hono) => Hono]>([
    ['a redirect', (app) => app.all('*', (c) => c.redirect('https://shop.example/log-in'))],
    ['a page', (app) => app.all('*', (c) => c.html('<h1>Log in</h1>'))],
  ])('A log-in that answers all requests with %s fails one check, and the others are skipped', async (_case, answer) => {
    for (const args of [[], asTwo]) {
      const diagnosis = await examineApp(answer(new Hono()), args);
      expect(failedIn(diagnosis)).toEqual(['endpoint-answers']);
      expect(idsWith('skipped', diagnosis)).toEqual(ALL_BUT_ANSWERS);
    }
  });

  it('The other checks pass for signed-in visitors behind a log-in', async () => {
    const isSignedIn = (cookie = ''): boolean => cookie.includes('session=');
    const app = new Hono()
      .post('*', (c) => {
        const cookie = c.req.header('cookie');
        if (!isSignedIn(cookie)) return c.redirect('/log-in');
        return c.json({ access_token: `czs_${cookie}`, expires_in: 900, subject: cookie }, 200, { 'cache-control': 'no-store' });
      })
      .all('*', (c) => (isSignedIn(c.req.header('cookie')) ? c.json({ error: 'method_not_allowed' }, 405) : c.redirect('/log-in')));
    const diagnosis = await examineApp(app, asTwo);
    expect(failedIn(diagnosis)).toEqual(['endpoint-answers']);
    expect(idsWith('ok', diagnosis)).toEqual(ALL_BUT_ANSWERS.filter((id) => id !== 'endpoint-body' && id !== 'endpoint-files'));
  });
});
