/** The server's warnings about a setup that cannot work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymousVisitor, type OperatorEvent } from '../../../src/server/index.js';
import { runs } from '../../support/runs.js';
import { arrange, SITE_ORIGIN, tokenRequest } from '../../unit/server/arrange.js';

const warnings = (events: readonly OperatorEvent[]) => events.filter((event) => event.type === 'warning');

const fromOrigin = (origin: string | undefined, site?: string, url?: string) =>
  tokenRequest({ headers: { origin, 'sec-fetch-site': site }, ...(url !== undefined && { url }) });

describe('N4: warnings for the operator', () => {
  it('The operator is warned once about each unknown origin, with the setting to change', async () => {
    const { endpoint, events } = arrange();
    for (const origin of ['https://shop.example', 'https://www.shop.example', 'https://shop.example']) await endpoint(fromOrigin(origin));
    expect(warnings(events)).toEqual([
      expect.objectContaining({ code: 'origin_refused', message: expect.stringContaining("allowedOrigins: ['https://shop.example']") }),
      expect.objectContaining({ code: 'origin_refused', message: expect.stringContaining("allowedOrigins: ['https://www.shop.example']") }),
    ]);
  });

  it('The operator is warned about a page whose preflight is refused', async () => {
    const { endpoint, events } = arrange();
    const ask = (origin: string) => endpoint(tokenRequest({ method: 'OPTIONS', body: undefined, headers: { origin } }));
    for (const origin of [SITE_ORIGIN, 'https://other.example', 'https://other.example']) await ask(origin);
    expect(warnings(events)).toEqual([
      expect.objectContaining({ code: 'origin_refused', message: expect.stringContaining("allowedOrigins: ['https://other.example']") }),
    ]);
  });

  it('The operator is warned about at most twenty origins, however many are made up', async () => {
    const { endpoint, events } = arrange();
    for (let made = 0; made < 100; made += 1) await endpoint(fromOrigin(`https://made-up-${made}.example`));
    expect(warnings(events)).toHaveLength(20);
    expect(warnings(events).at(-1)).toMatchObject({ message: expect.stringContaining('No further origins') });
  });

  it('A warning contains only valid origins, and no other text of a request', async () => {
    const canary = 'CANARY';
    const origin = fc
      .tuple(fc.constantFrom('https://', 'http://', 'HTTPS://'), fc.domain(), fc.constantFrom('', ':8443'))
      .map((parts) => parts.join(''));
    const text = fc.oneof(
      fc.tuple(origin, fc.constantFrom('', '', `/${canary}`, `?${canary}`, ` ${canary}`)).map((parts) => parts.join('')),
      fc.stringMatching(/^[ -~]{1,60}$/).map((rest) => rest + canary),
    );
    let warned = 0;
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        const { endpoint, events } = arrange();
        await endpoint(fromOrigin(text));
        for (const { message } of warnings(events)) {
          warned += 1;
          expect(message).toContain(`'${new URL(text).origin}'`);
          expect(message).not.toContain(canary);
        }
      }),
      { numRuns: runs(300) },
    );
    expect(warned).toBeGreaterThan(0);
  });

  it('The operator is warned once that a page claims another id than the session has', async () => {
    const { endpoint, events } = arrange();
    for (let turn = 0; turn < 3; turn += 1) await endpoint(tokenRequest({ body: { user_id: 'alice@example.com' } }));
    expect(warnings(events)).toEqual([
      expect.objectContaining({ code: 'user_id_mismatch', message: expect.not.stringContaining('alice') }),
    ]);
  });

  it('The operator gets no warning if nobody is signed in, or a request comes from no page', async () => {
    const { endpoint, events } = arrange({ identify: () => null });
    await endpoint(tokenRequest());
    await endpoint(fromOrigin(undefined, 'none'));
    await endpoint(fromOrigin('null'));
    expect(warnings(events)).toEqual([]);
  });
});

describe('B22: proxy that ends TLS', () => {
  const askFrom = async (origin: string) => {
    const { endpoint, events } = arrange();
    const url = 'http://shop.example/api/coze/token';
    const { status } = await endpoint(tokenRequest({ url, headers: { origin, 'sec-fetch-site': undefined } }));
    return { status, events };
  };

  it('A browser without Sec-Fetch-Site is accepted behind the proxy, without a warning', async () => {
    const { status, events } = await askFrom('https://shop.example');
    expect([status, warnings(events)]).toEqual([200, []]);
  });

  it('A browser without Sec-Fetch-Site is refused if the proxy hides the port, too, and the warning says why and what to set', async () => {
    const { status, events } = await askFrom('https://shop.example:8443');
    expect(status).toBe(403);
    expect(warnings(events)).toEqual([
      expect.objectContaining({
        code: 'origin_refused',
        message: expect.stringMatching(
          /own host, seen here as http:\/\/shop\.example: a proxy that changes .*allowedOrigins: \['https:\/\/shop\.example:8443'\]/,
        ),
      }),
    ]);
  });
});

describe('B22: two servers on one machine', () => {
  it('A page of another port is refused as another origin, and the warning mentions no proxy', async () => {
    const { endpoint, events } = arrange();
    await endpoint(fromOrigin('http://localhost:5173', 'same-site', 'http://localhost:3000/token'));
    expect(warnings(events)).toEqual([
      expect.objectContaining({
        message:
          "A page of http://localhost:5173 was refused. The request came to http://localhost:3000: another port is another origin. If the page is yours, give allowedOrigins: ['http://localhost:5173'].",
      }),
    ]);
  });
});

describe('B22: visitor’s cookie over plain http', () => {
  const cookieSecret = 'a secret of at least thirty-two bytes, for tests';
  const asked = async (origin: string, options: object = {}) => {
    const { endpoint, events } = arrange({
      identify: anonymousVisitor({ cookieSecret, ...options }),
      rateLimit: { clientAddress: () => '192.0.2.1' },
    });
    for (let turn = 0; turn < 3; turn += 1) await endpoint(fromOrigin(origin, undefined, `${origin}/token`));
    return warnings(events);
  };

  it.each(['http://192.168.1.20:3000', 'http://shop.example'])(
    'The operator is warned once that browsers drop the cookie of %s',
    async (origin) => {
      expect(await asked(origin)).toEqual([
        expect.objectContaining({ code: 'cookie_not_kept', message: expect.stringContaining('secure: false') }),
      ]);
    },
  );

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'https://shop.example'])(
    'The operator gets no warning about the cookie of %s, which browsers keep',
    async (origin) => {
      expect(await asked(origin)).toEqual([]);
    },
  );

  it('The operator gets no warning about a cookie that is not Secure', async () => {
    expect(await asked('http://192.168.1.20:3000', { secure: false })).toEqual([]);
  });
});
