/** A working endpoint, of which each test changes one thing. */
import { createTokenEndpoint, type OperatorEvent, type TokenEndpoint, type TokenEndpointOptions } from '../../../src/server/index.js';
import { type CozeBehaviour, createFakeCoze, type FakeCoze, makeKeyPair } from './coze/fake-coze.js';

export const keyPair = makeKeyPair('kid-one');

/** 2025-11-23T12:00:00Z */
export const NOW_MS = 1_763_899_200_000;
export const NOW_SECONDS = NOW_MS / 1000;

export const oauth = {
  appId: 'app-1',
  keyId: keyPair.keyId,
  privateKey: keyPair.privateKey,
  apiBaseUrl: 'https://api.coze.cn',
};

/** An app whose signatures cost no time, for tests with many requests. Nobody can verify them. */
export const quickApp = {
  appId: oauth.appId,
  keyId: oauth.keyId,
  apiBaseUrl: oauth.apiBaseUrl,
  sign: () => Promise.resolve(new Uint8Array(256)),
};

export const SITE_ORIGIN = 'https://site.example';
export const ENDPOINT_URL = `${SITE_ORIGIN}/api/coze/token`;

export interface Arranged {
  readonly endpoint: TokenEndpoint;
  readonly coze: FakeCoze;
  readonly events: OperatorEvent[];
}

/** Any option of the endpoint, valid or not, and Coze's behaviour. */
export type Changes = Partial<Record<keyof TokenEndpointOptions, unknown>> & { readonly coze?: CozeBehaviour };

export function arrange({ coze: behaviour, ...overrides }: Changes = {}): Arranged {
  const events: OperatorEvent[] = [];
  const coze = createFakeCoze(keyPair, () => NOW_MS, behaviour);
  const proof = overrides.trustClientIdentity === true ? {} : { identify: () => ({ id: 'alice' }) };
  const endpoint = createTokenEndpoint({
    oauth,
    ...proof,
    fetch: coze.fetch,
    now: () => NOW_MS,
    onEvent: (event) => events.push(event),
    ...overrides,
  } as TokenEndpointOptions);
  return { endpoint, coze, events };
}

export interface RequestChanges {
  readonly method?: string;
  readonly body?: BodyInit | object | null;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly url?: string;
  readonly signal?: AbortSignal;
}

function isPlain(body: unknown): body is object {
  return typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
}

/** A request of the element on the endpoint's own site. A header that is `undefined` is left out. */
export function tokenRequest({ method = 'POST', body = {}, headers = {}, url = ENDPOINT_URL, signal }: RequestChanges = {}): Request {
  const usual = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', origin: SITE_ORIGIN };
  const kept = Object.entries({ ...usual, ...headers }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const hasBody = method !== 'GET' && method !== 'HEAD' && body !== null;
  return new Request(url, {
    method,
    headers: kept,
    ...(hasBody && { body: isPlain(body) ? JSON.stringify(body) : body, duplex: 'half' }),
    ...(signal && { signal }),
  } as RequestInit);
}

export async function json(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}
