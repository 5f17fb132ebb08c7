/** Coze's token endpoint as a `fetch` function: verifies and records the requests, and responds as the test says. */
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, importSPKI, type JWTPayload, jwtVerify } from 'jose';

export interface KeyPairPem {
  readonly keyId: string;
  readonly privateKey: string;
  readonly publicKey: string;
}

export function makeKeyPair(keyId: string, modulusLength = 2048): KeyPairPem {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { keyId, privateKey, publicKey };
}

/** One exchange, as received by Coze. */
export interface SeenExchange {
  readonly url: string;
  readonly init: RequestInit;
  readonly assertion: string;
  readonly claims: JWTPayload;
  readonly body: Record<string, unknown>;
}

export type CozeBehaviour = (seen: SeenExchange, attempt: number) => Response | Promise<Response>;

/** Tokens that contain their session name, so that a test can see whose token somebody got. */
export function tokenFor(sessionName: unknown): string {
  return `czs_for_${String(sessionName)}`;
}

export function cozeTokenAnswer(accessToken: string, expiresAtSeconds: number, headers: Record<string, string> = {}): Response {
  return Response.json({ access_token: accessToken, expires_in: expiresAtSeconds }, { headers });
}

export function cozeErrorAnswer(
  status: number,
  word: string,
  message = 'invalid jwt: kid not been registred',
  headers: Record<string, string> = {},
) {
  return Response.json({ error_code: word, error_message: message, error: word }, { status, headers });
}

/** The same, but only after other requests have run, so that requests overlap as over a network. */
export function inItsOwnTime(behave: CozeBehaviour): CozeBehaviour {
  return async (seen, attempt) => {
    await new Promise((resolve) => setImmediate(resolve));
    return behave(seen, attempt);
  };
}

/** A response that never comes; rejects when the request is aborted. */
export function hang({ init }: SeenExchange): Promise<Response> {
  return new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
}

export interface FakeCoze {
  readonly fetch: typeof globalThis.fetch;
  readonly seen: readonly SeenExchange[];
  /** Verifies the signature of a received assertion. */
  readonly verify: (assertion: string, options?: { readonly currentDate?: Date }) => Promise<Awaited<ReturnType<typeof jwtVerify>>>;
}

/** @param nowMs the time by Coze's clock */
export function createFakeCoze({ publicKey }: { readonly publicKey: string }, nowMs: () => number, behave?: CozeBehaviour): FakeCoze {
  const seen: SeenExchange[] = [];
  const issue: CozeBehaviour = ({ claims, body }) =>
    cozeTokenAnswer(tokenFor(claims['session_name']), Math.floor(nowMs() / 1000) + Number(body['duration_seconds']));
  const answer = behave ?? issue;

  return {
    seen,
    fetch: async (input, init = {}) => {
      const assertion = new Headers(init.headers).get('authorization')?.replace(/^Bearer /, '') ?? '';
      const exchange = {
        url: String(input),
        init,
        assertion,
        claims: decodeJwt(assertion),
        body: JSON.parse(String(init.body)) as Record<string, unknown>,
      };
      seen.push(exchange);
      return answer(exchange, seen.length);
    },
    verify: async (assertion, options) => jwtVerify(assertion, await importSPKI(publicKey, 'RS256'), options),
  };
}
