/** B22: if Coze issues no token, the server's log says which of key, region, URL and proxy to check. */
import { afterEach, expect, it, vi } from 'vitest';
import { arrange, tokenRequest } from '../../unit/server/arrange.js';

afterEach(() => {
  vi.restoreAllMocks();
});

async function logOf(fetch: typeof globalThis.fetch): Promise<string> {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { endpoint } = arrange({ fetch, onEvent: undefined });
  expect((await endpoint(tokenRequest())).status).toBeGreaterThanOrEqual(500);
  return log.mock.calls.map((line) => line.join(' ')).join('\n');
}

const html = (status: number) => () => Promise.resolve(new Response('<h1>Sign in to the guest network</h1>', { status }));
const refused = () => Promise.resolve(Response.json({ error_code: 'invalid_client', error_message: 'kid' }, { status: 401 }));
const network = () => Promise.reject(new TypeError('fetch failed'));

it.each([
  ['Coze refuses key or app', refused, /"npx coze-chat-embed doctor --config FILE" finds out why\./],
  [
    'another server than that of Coze refuses',
    html(404),
    /apiBaseUrl is not Coze's API: look at the address, and whether a proxy or a log-in page/,
  ],
  ['an HTML page is the response', html(200), /apiBaseUrl is not Coze's API: look at the address, and whether a proxy or a log-in page/],
  ['no server responds', network, /cannot be reached from this server: look at apiBaseUrl, DNS and firewall\. .* NODE_USE_ENV_PROXY=1/],
])('If %s, the log says once for each request what to check', async (_, fetch, advice) => {
  const log = await logOf(fetch);
  expect(log).toMatch(advice);
  expect(log.split('\n')).toHaveLength(1);
  expect(log).not.toMatch(/guest network|kid/);
});

it('If Coze is overloaded, the log gives no advice', async () => {
  expect(await logOf(() => Promise.resolve(Response.json({ code: 5000 }, { status: 500 })))).toMatch(/\}$/);
});
