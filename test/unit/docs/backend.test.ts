/** The documentation's Node backend, unchanged, in a process of its own, against the Coze stand-in. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { codeIn, projectUrl } from './markdown.js';

/** The functions that the page leaves to the host. */
const HOST_SESSION = `
const users = { 'session=alice': { id: 'alice' }, 'session=bob': { id: 'bob' } };
export const userOfSession = async (cookie) => users[cookie] ?? null;
`;

let coze: CozeStandIn;
let folder: string;
let backend: ChildProcess;
let origin: string;

beforeAll(async () => {
  coze = await startSharedApp();
  const cache = fileURLToPath(new URL('node_modules/.cache/', projectUrl));
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(`${cache}docs-`);
  await writeFile(`${folder}/package.json`, '{"type": "module"}');
  await writeFile(`${folder}/session.js`, HOST_SESSION);
  await writeFile(`${folder}/coze_oauth_config.json`, JSON.stringify(coze.oauthConfig));
  await writeFile(`${folder}/server.js`, runnable(codeIn('guide/backends/node', 'Plain Node', 'js')));
  backend = spawn(process.execPath, ['--import', 'tsx', 'server.js'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  origin = await firstLineOf(backend);
}, 30_000);

afterAll(async () => {
  if (backend.exitCode === null && backend.kill()) await once(backend, 'exit');
  await rm(folder, { recursive: true });
  await coze.stop();
});

/** Makes the example use the source instead of the installed package, and report the free port that it got. */
function runnable(example: string): string {
  const source = new URL('src/server/index.ts', projectUrl).href;
  const reported = `.listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });`;
  const changed = example.replace("'coze-chat-embed/server'", `'${source}'`).replace('.listen(3000);', reported);
  if (!changed.includes(source) || !changed.includes(reported)) throw new Error('The example has changed; so must this test.');
  return changed;
}

async function firstLineOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The backend has no output.');
  for await (const line of createInterface(stdout)) return line;
  throw new Error('The backend ended before it listened.');
}

interface Curl {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly BODY: string;
}

/** The request of a curl command on the page. */
function parseCurl(command: string): Curl {
  const [, url = ''] = /curl (\S+)/.exec(command) ?? [];
  const headers = [...command.matchAll(/-H (['"])([^:]+): (.*?)\1/g)].map(([, , name = '', value = '']) => [name, value]);
  const [, body = ''] = /-d '([^']*)'/.exec(command) ?? [];
  return { url: new URL(url), headers: Object.fromEntries(headers) as Record<string, string>, BODY: body };
}

const CONTRACT = 'guide/backends/other';
const { url, headers, BODY: body } = parseCurl(codeIn(CONTRACT, 'The request', 'sh'));

const ask = (changes: Record<string, string> = {}, text = body): Promise<Response> =>
  fetch(new URL(url.pathname, origin), { method: 'POST', headers: { ...headers, ...changes }, body: text });

it('The documentation’s backend answers the documented curl command with the documented response', async () => {
  const response = await ask();
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const shown = JSON.parse(codeIn(CONTRACT, 'The answer', 'json')) as Record<string, unknown>;
  const answer = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(answer)).toEqual(Object.keys(shown));
  expect(Object.values(answer).map((value) => typeof value)).toEqual(Object.values(shown).map((value) => typeof value));
});

/** `command` with another origin, in a shell with these variables. */
async function runInShell(command: string, origins: readonly [string, string], variables: Readonly<Record<string, string>> = {}) {
  const { stdout } = await promisify(execFile)('sh', ['-c', command.replace(...origins)], { env: { ...process.env, ...variables } });
  return JSON.parse(stdout) as unknown;
}

it.skipIf(spawnSync('curl', ['--version']).status !== 0)(
  'The documented curl command works in a shell with another host name',
  async () => {
    const answer = await runInShell(codeIn(CONTRACT, 'The request', 'sh'), [url.origin, origin]);
    expect(answer).toMatchObject({ access_token: expect.stringMatching(/^czs_/), subject: expect.any(String) });
  },
);

it.skipIf(spawnSync('curl', ['--version']).status !== 0)(
  'The documented curl command for Coze gets a token for a signed assertion, which makes sure of its path, headers and body',
  async () => {
    const command = codeIn(CONTRACT, 'Making the token', 'sh');
    const answer = await runInShell(command, [parseCurl(command).url.origin, coze.origin], { JWT: await signAssertion() });
    expect(answer).toEqual({ access_token: expect.stringMatching(/^czs_/), expires_in: expect.any(Number) });
  },
);

async function signAssertion(): Promise<string> {
  const { client_id: appId, private_key: pem, public_key_id: keyId } = coze.oauthConfig;
  return new SignJWT({ session_name: 'alice' })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
    .setIssuer(appId)
    .setAudience('api.coze.cn')
    .setIssuedAt()
    .setExpirationTime('10m')
    .setJti(randomUUID())
    .sign(await importPKCS8(pem, 'RS256'));
}

it('The token gives access only to the visitor’s own conversations', async () => {
  const aliceToken = await tokenOf(ask());
  const bobToken = await tokenOf(ask({ cookie: 'session=bob' }, '{}'));
  await callCoze(aliceToken, 'POST', '/v1/conversation/create', { bot_id: coze.botId, connector_id: '999' });
  expect(await countConversations(aliceToken)).toBe(1);
  expect(await countConversations(bobToken)).toBe(0);
});

it('A request without a sign-in, with another user_id, or from another site gets no token', async () => {
  const answers = [
    await ask({ cookie: 'session=nobody' }),
    await ask({ cookie: 'session=bob' }),
    await ask({ 'sec-fetch-site': 'cross-site' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 403, 403]);
});

it('The documented curl command for Coze has the host of Coze’s API, the path of the backend’s exchange, and the right grant', async () => {
  const { url: tokenUrl, headers: tokenHeaders, BODY: grant } = parseCurl(codeIn(CONTRACT, 'Making the token', 'sh'));
  coze.clearRequests();
  // A visitor for whom the backend has no token yet.
  await ask({ cookie: 'session=bob' }, '{}');
  expect(coze.requests.map(({ path, status }) => [path, status])).toEqual([[tokenUrl.pathname, 200]]);
  expect(tokenUrl.origin).toBe('https://api.coze.cn');
  expect(tokenHeaders).toEqual({ 'content-type': 'application/json', authorization: 'Bearer $JWT' });
  expect(JSON.parse(grant)).toEqual({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', duration_seconds: 3600 });
});

async function tokenOf(answer: Promise<Response>): Promise<string> {
  const { access_token: token } = (await (await answer).json()) as { readonly access_token: string };
  return token;
}

function callCoze(token: string, method: string, path: string, json?: object): Promise<Response> {
  const content = json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  return fetch(`${coze.origin}${path}`, { method, ...content, headers: { ...content.headers, authorization: `Bearer ${token}` } });
}

async function countConversations(token: string): Promise<number> {
  const response = await callCoze(token, 'GET', `/v1/conversations?bot_id=${coze.botId}&connector_id=999`);
  const { data } = (await response.json()) as { readonly data: { readonly conversations: readonly unknown[] } };
  return data.conversations.length;
}
