/** An `Origin` that contradicts `Sec-Fetch-Site`, which no browser sends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../support/runs.js';
import { arrange, ENDPOINT_URL, tokenRequest } from '../../unit/server/arrange.js';

const OWN = new URL(ENDPOINT_URL);

async function statusOf(headers: Record<string, string | undefined>, url = ENDPOINT_URL): Promise<number> {
  const { endpoint } = arrange();
  return (await endpoint(tokenRequest({ url, headers: { 'sec-fetch-site': 'same-origin', ...headers } }))).status;
}

describe('L8: request that claims to be of the same origin', () => {
  it('A same-origin request is refused if its Origin is another host or no website', async () => {
    const other = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.domain().map((domain) => `https://${domain}`),
      fc.domain().map((domain) => `https://${OWN.host}.${domain}`),
      fc.constantFrom(
        'null',
        'file://',
        'chrome-extension://abcdef',
        `${OWN.origin}/`,
        OWN.host,
        `${OWN.origin}, https://evil.example`,
        '',
      ),
      fc.stringMatching(/^[!-~]{0,40}$/),
    );
    const { endpoint } = arrange({ identify: () => null });
    await fc.assert(
      fc.asyncProperty(
        other.filter((origin) => origin !== OWN.origin),
        async (origin) => {
          const response = await endpoint(tokenRequest({ headers: { origin, 'sec-fetch-site': 'same-origin' } }));
          expect(response.status).toBe(403);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it.each<[string, Record<string, string | undefined>, string, number]>([
    ['the origin is left out', { origin: undefined }, ENDPOINT_URL, 200],
    ['a proxy ends TLS', { origin: 'https://site.example' }, 'http://site.example/token', 200],
    ['a proxy changes the port', { origin: 'https://site.example' }, 'http://site.example:3000/token', 200],
    ['a proxy forwards the host', { origin: 'https://a.example', 'x-forwarded-host': 'a.example' }, 'http://10.0.0.7:3000/token', 200],
    [
      'several proxies forward the host',
      { origin: 'https://a.example', 'x-forwarded-host': 'a.example:443, b.internal' },
      'http://c/token',
      200,
    ],
    ['a proxy forwards another host', { origin: 'https://a.example', 'x-forwarded-host': 'b.example' }, 'http://10.0.0.7/token', 403],
    ['the page uses http and the endpoint https', { origin: 'http://site.example' }, ENDPOINT_URL, 403],
    ['page and endpoint use http, as in development', { origin: 'http://localhost:5173' }, 'http://localhost:5173/token', 200],
  ])('A same-origin request is checked against the known origin of the endpoint when %s', async (_case, headers, url, status) => {
    expect(await statusOf(headers, url)).toBe(status);
  });
});

describe('B12: request without Sec-Fetch-Site, of an old browser or a page on plain http', () => {
  it.each([
    ['http://192.168.1.20:3000', 200],
    ['http://192.168.1.21:3000', 403],
    // A proxy ends TLS.
    ['https://192.168.1.20:3000', 200],
    ['https://192.168.1.20', 403],
    ['null', 403],
  ])('A request without Sec-Fetch-Site is accepted or refused by its origin %s', async (origin, status) => {
    expect(await statusOf({ origin, 'sec-fetch-site': undefined }, 'http://192.168.1.20:3000/token')).toBe(status);
  });
});
