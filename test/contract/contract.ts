/** Tests the contract of the token endpoint (documentation: guide/backends/other) against a running program. */
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CozeStandIn, type OAuthFault, startCozeStandIn } from '../../demo/coze-stand-in/index.js';
import { digest } from '../../src/server/crypto/digest.js';
import { type Implementation, type RunningImplementation, startImplementation } from './implementations.js';

/** Similar ids, and ids that JSON encoders write in different ways. */
const USERS: Readonly<Record<string, string>> = {
  alice: 'alice',
  bob: 'bob',
  s1: 'Alice',
  s2: 'alice ',
  s3: 'a:b',
  s4: 'a","b',
  s5: 'a/b\\c',
  s6: '<script>&amp;',
  s7: '陈小明',
  s8: 'é',
  s9: 'e\u0301',
  s10: '👩‍🚀',
  s11: 'line\u2028end',
  s12: 'tab\tand\u007f',
  s13: '9007199254740993',
  s14: '0',
};

/** What backends return by mistake for somebody of whom they know no id, or whose id they have decoded wrongly. */
const NOBODIES: Readonly<Record<string, string>> = { n1: '', n2: ' \t', n3: 'None', n4: 'null', n5: 'undefined', n6: 'user-\ufffd\ufffd' };

interface Ask {
  readonly user?: string | undefined;
  readonly method?: string;
  readonly body?: string | Buffer;
  /** A header that is `undefined` is not sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export function describeContract(implementation: Implementation): void {
  describe.skipIf(!implementation.isInstalled())(`${implementation.name} (skipped where its packages are missing)`, () => {
    let coze: CozeStandIn;
    let running: RunningImplementation;

    beforeAll(async () => {
      coze = await startCozeStandIn();
      running = await startImplementation(implementation, {
        // With the slash that people add to URLs.
        COZE_OAUTH_CONFIG: JSON.stringify({ ...coze.oauthConfig, coze_api_base: `${coze.origin}/` }),
        SESSIONS: JSON.stringify({ ...USERS, ...NOBODIES }),
      });
    }, 90_000);
    afterAll(async () => {
      await running.stop();
      await coze.stop();
    });
    afterEach(() => {
      coze.resetFaults();
      coze.clearRequests();
    });

    /** Uses Node's HTTP client, because `fetch` adds and forbids headers. */
    function ask({ user, method = 'POST', body = '{"reason":"initial"}', headers = {}, path = '' }: Ask = {}): Promise<Answer> {
      const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
      const usual = {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        ...(user !== undefined && { cookie: `theme=dark; session_id=${user}` }),
        ...(hasBody && { 'content-length': String(Buffer.byteLength(body)) }),
      };
      const sent = Object.entries({ ...usual, ...headers }).filter((header): header is [string, string] => header[1] !== undefined);
      return new Promise((resolve, reject) => {
        const asked = httpRequest(running.url + path, { method, headers: Object.fromEntries(sent) }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) });
          });
        });
        asked.on('error', reject);
        asked.end(hasBody ? body : undefined);
      });
    }

    const exchanges = (): number => coze.requests.filter(({ path }) => path.includes('/oauth2/token')).length;

    /** Holds for every response. */
    function expectProtected({ headers, status }: Answer): void {
      expect(headers['cache-control'], String(status)).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(String(headers['content-type'])).toMatch(/^application\/json/);
      expect(String(headers['vary'])).toMatch(/cookie/i);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }

    function expectRefused(answer: Answer, status: number, error: string): void {
      expect([answer.status, answer.json['error']], answer.text).toEqual([status, error]);
      expect(Object.keys(answer.json).sort()).toEqual(['error', 'request_id']);
      expect(answer.json['request_id']).toMatch(/^[\w-]{16,}$/);
      expectProtected(answer);
    }

    describe('Responses with a token or a subject', () => {
      it('A visitor who is signed in gets a token with its lifetime', async () => {
        const answer = await ask({ user: 'alice' });
        expectProtected(answer);
        const { access_token: token, token_type: kind, expires_in: seconds, expires_at: at, subject } = answer.json;
        expect([answer.status, kind, typeof subject]).toEqual([200, 'Bearer', 'string']);
        expect(token).toMatch(/^czs_/);
        expect(Number(seconds)).toBeGreaterThan(3500);
        expect(Number(seconds)).toBeLessThanOrEqual(3600);
        expect(Math.abs(Number(at) - Number(seconds) - Date.now() / 1000)).toBeLessThan(5);
      });

      it('Each visitor has a different, stable subject that does not contain the id', async () => {
        const subjects = new Map<unknown, string>();
        for (const [session, id] of Object.entries(USERS)) {
          const { json } = await ask({ user: session });
          expect((await ask({ user: session })).json['subject']).toBe(json['subject']);
          if (id.length > 3) expect(String(json['subject'])).not.toContain(id);
          subjects.set(json['subject'], id);
        }
        expect(subjects.size).toBe(Object.keys(USERS).length);
      });

      it('Each visitor has the same session name and subject as at the package’s own endpoint, so that histories are kept', async () => {
        for (const [session, id] of Object.entries(USERS)) {
          coze.clearRequests();
          const { json } = await ask({ user: session });
          const name = await digest(['', '', id]);
          expect(
            coze.requests.flatMap(({ sessionName }) => sessionName ?? []),
            id,
          ).toEqual([name]);
          expect(json['subject']).toBe(await digest(['coze-chat-embed/subject', name]));
        }
      });

      it('A token opens the conversations of its visitor and of no other', async () => {
        const call = async (token: unknown, path: string, body?: object) => {
          const headers = { authorization: `Bearer ${String(token)}`, 'content-type': 'application/json' };
          const response = await fetch(coze.origin + path, {
            method: body ? 'POST' : 'GET',
            headers,
            ...(body && { body: JSON.stringify(body) }),
          });
          return (await response.json()) as { readonly code: number; readonly data: { readonly id: string } };
        };
        const [alice, bob] = [(await ask({ user: 'alice' })).json['access_token'], (await ask({ user: 'bob' })).json['access_token']];
        const { id } = (await call(alice, '/v1/conversation/create', { bot_id: coze.botId })).data;
        const list = `/v1/conversation/message/list?conversation_id=${id}`;
        expect([(await call(alice, list, {})).code, (await call(bob, list, {})).code]).toEqual([0, 4002]);
      });

      it('Sixty requests of six visitors at once each get their own visitor’s subject, by assertions that are used once', async () => {
        const people = ['alice', 'bob', 's1', 's3', 's7', 's13'];
        const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => ask({ user: people[index % 6] })));
        const own = new Map(await Promise.all(people.map(async (user) => [user, (await ask({ user })).json['subject']] as const)));
        for (const [index, { status, json }] of answers.entries()) {
          expect([status, json['subject']]).toEqual([200, own.get(people[index % 6] ?? '')]);
        }
        expect(new Set(answers.map(({ json }) => json['access_token'])).size).toBe(60);
      });

      it('A verification returns the subject of the visitor, or 401', async () => {
        const { json: token } = await ask({ user: 'alice' });
        const verified = await ask({ user: 'alice', body: '{"reason":"verify"}' });
        expect([verified.status, verified.json['subject']]).toEqual([200, token['subject']]);
        expectRefused(await ask({ body: '{"reason":"verify"}' }), 401, 'unauthenticated');
      });

      it.each([
        '{}',
        '',
        '{"reason":"of the future"}',
        '{"user_id":null}',
        '{"user_id":"alice","extra":[1,{"a":null}]}',
        ' {"reason":"expiring"}\n',
      ])('A token is returned for the body %j', async (body) => {
        expect((await ask({ user: 'alice', body })).status).toBe(200);
      });
    });

    describe('Identity', () => {
      it('The endpoint takes the identity from the session only, and from nothing else in a request', async () => {
        const { subject } = (await ask({ user: 'alice' })).json;
        const claims = '{"session_name":"bob","tenant":"bob","sub":"bob","id":"bob","__proto__":{"user_id":"bob"}}';
        const headers = { 'x-user-id': 'bob', 'x-forwarded-user': 'bob', authorization: 'Bearer bob', 'remote-user': 'bob' };
        expect((await ask({ user: 'alice', body: claims, headers, path: '?user_id=bob&session_id=bob' })).json['subject']).toBe(subject);
      });

      it('A page that claims another user id is refused', async () => {
        expectRefused(await ask({ user: 'alice', body: '{"user_id":"bob"}' }), 403, 'identity_mismatch');
        expectRefused(await ask({ user: 'alice', body: '{"user_id":"alice "}' }), 403, 'identity_mismatch');
        expect(exchanges()).toBe(0);
      });

      it.each([undefined, 'nobody', '', '__proto__', 'constructor', 'toString', '[object Object]', 'alice2', 'ALICE'])(
        'An unknown session %j is refused',
        async (user) => {
          expectRefused(await ask({ user, body: '{"user_id":"alice"}' }), 401, 'unauthenticated');
          expect(exchanges()).toBe(0);
        },
      );
    });

    describe('Refused requests', () => {
      it.each(Object.entries(NOBODIES))('The session %s, whose user has the id %j, is refused with identity_error', async (user) => {
        expectRefused(await ask({ user }), 500, 'identity_error');
        expectRefused(await ask({ user, body: '{"reason":"verify"}' }), 500, 'identity_error');
        expect(exchanges()).toBe(0);
      });

      it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('The method %s is refused, uncached', async (method) => {
        const answer = await ask({ user: 'alice', method });
        expect([answer.status, answer.headers['cache-control']]).toEqual([405, 'no-store']);
        expect(String(answer.headers['allow'])).toMatch(/\bPOST\b/);
        expect(exchanges()).toBe(0);
      });

      it('A preflight of another site is not allowed', async () => {
        const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'sec-fetch-site': 'cross-site' };
        const { headers: answered } = await ask({ method: 'OPTIONS', headers });
        expect(answered['access-control-allow-origin']).toBeUndefined();
        expect(answered['access-control-allow-methods']).toBeUndefined();
      });

      const own = (): string => running.origin;
      it.each<[string, () => Readonly<Record<string, string | undefined>>]>([
        ['of another site', () => ({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })],
        ['of a sibling', () => ({ 'sec-fetch-site': 'same-site' })],
        ['with the value none in Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'none' })],
        ['whose Origin contradicts its Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' })],
        ['without Origin and Sec-Fetch-Site', () => ({ 'sec-fetch-site': undefined })],
        ['of another origin in an old browser', () => ({ 'sec-fetch-site': undefined, origin: 'https://evil.example' })],
        ['of an origin that begins like this one', () => ({ 'sec-fetch-site': undefined, origin: `${own()}.evil.example` })],
        ['of this host by another scheme', () => ({ 'sec-fetch-site': undefined, origin: own().replace('http:', 'ftp:') })],
        ['of another port', () => ({ 'sec-fetch-site': undefined, origin: 'http://127.0.0.1:1' })],
        ['of an opaque origin', () => ({ 'sec-fetch-site': undefined, origin: 'null' })],
        ['of an empty origin', () => ({ 'sec-fetch-site': undefined, origin: '' })],
      ])('A request %s is refused with forbidden_origin', async (_, headers) => {
        expectRefused(await ask({ user: 'alice', headers: headers() }), 403, 'forbidden_origin');
        expect(exchanges()).toBe(0);
      });

      it('A page of the endpoint’s own origin on plain http is accepted, although browsers send only its origin', async () => {
        expect((await ask({ user: 'alice', headers: { 'sec-fetch-site': undefined, origin: own() } })).status).toBe(200);
        expect((await ask({ user: 'alice', headers: { origin: own() } })).status).toBe(200);
      });

      it('A page of this host over https is accepted where a proxy ends TLS, also from a browser that sends only its origin', async () => {
        const origin = own().replace('http:', 'https:');
        expect((await ask({ user: 'alice', headers: { 'sec-fetch-site': undefined, origin } })).status).toBe(200);
        expect((await ask({ user: 'alice', headers: { origin } })).status).toBe(200);
        const elsewhere = { 'sec-fetch-site': undefined, origin: 'https://127.0.0.1' };
        expectRefused(await ask({ user: 'alice', headers: elsewhere }), 403, 'forbidden_origin');
      });

      it.each([
        undefined,
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/jsonp',
        'text/json',
      ])('The media type %s is refused', async (type) => {
        expectRefused(await ask({ user: 'alice', headers: { 'content-type': type } }), 415, 'unsupported_media_type');
      });

      it('A media type with a parameter is accepted', async () => {
        expect((await ask({ user: 'alice', headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).status).toBe(200);
      });

      it.each([
        ['that is no JSON', 'user_id=alice'],
        ['that breaks off', '{"user_id":"alice"'],
        ['that is a list', '["alice"]'],
        ['that is a text', '"alice"'],
        ['that is a number', '7'],
        ['that is null', 'null'],
        ['with a number for an id', '{"user_id":7}'],
        ['with a list for an id', '{"user_id":["alice"]}'],
        ['with an object for an id', '{"user_id":{"id":"alice"}}'],
        ['with 4,000 levels of nesting', '['.repeat(4000)],
        ['that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
        ['in UTF-16', Buffer.from('{"user_id":"alice"}', 'utf16le')],
      ])('A body %s is refused', async (_, body) => {
        expectRefused(await ask({ user: 'alice', body }), 400, 'invalid_request');
        expect(exchanges()).toBe(0);
      });

      it('A body of more than 4,096 bytes is refused, and a smaller one is accepted', async () => {
        const padded = (length: number): string => `{"reason":"${'x'.repeat(length - 13)}"}`;
        expect((await ask({ user: 'alice', body: padded(4096) })).status).toBe(200);
        expectRefused(await ask({ user: 'alice', body: padded(4097) }), 413, 'body_too_large');
      });
    });

    describe('Faults of Coze', () => {
      it.each<[OAuthFault, number, string]>([
        ['reject-jwt', 500, 'upstream_rejected'],
        ['http-400', 500, 'upstream_rejected'],
        ['access-deny', 500, 'upstream_rejected'],
        ['http-429', 503, 'upstream_unavailable'],
        ['http-500', 503, 'upstream_unavailable'],
        ['http-503', 503, 'upstream_unavailable'],
        ['code-in-200', 503, 'upstream_unavailable'],
        ['drop', 503, 'upstream_unavailable'],
        ['html', 502, 'upstream_invalid'],
        ['cut-json', 502, 'upstream_invalid'],
        ['huge-body', 502, 'upstream_invalid'],
        ['hang', 504, 'upstream_timeout'],
        ['endless-body', 504, 'upstream_timeout'],
        ['slow-body', 504, 'upstream_timeout'],
      ])('The fault %s of Coze is answered with %i %s, without any text of Coze', async (fault, status, error) => {
        coze.setFaults({ oauth: fault });
        const answer = await ask({ user: 'alice' });
        expectRefused(answer, status, error);
        expect(answer.text).not.toMatch(/invalid jwt|kid|deactivat|<html|czs_/i);
      });
    });

    it('The program prints nothing secret, also after errors', async () => {
      await ask({ user: 'alice', body: '{"user_id":"bob"}' });
      coze.setFaults({ oauth: 'reject-jwt' });
      await ask({ user: 'alice' });
      const output = running.output();
      expect(output).not.toMatch(/czs_|eyJ|PRIVATE KEY|session_id|alice|invalid jwt/i);
      for (const piece of coze.oauthConfig.private_key.match(/[A-Za-z0-9+/]{32,}/g) ?? []) expect(output).not.toContain(piece);
    });
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
