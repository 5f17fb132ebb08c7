/** Sends requests for features that a chat can do without: feedback, deletion, conversations, cancelling an answer. */
import type { Timers } from '../../../core/clock.js';
import { withDeadline } from '../../../core/deadline.js';
import { privateRequest } from '../../private-request.js';
import { getErrorCode } from '../errors/api-error-code.js';

export interface FeatureRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query; ids in it are encoded. */
  readonly path: string;
  readonly body?: object;
}

/** `code`: the API's code, or else the HTTP status; `-1` if there is no response. */
export type FeatureResult = { readonly ok: true; readonly body: FeatureResponseBody } | { readonly ok: false; readonly code: number };

/** Body of the response; most of its content is in `data`. */
export interface FeatureResponseBody {
  readonly data?: unknown;
}

/** Codes of a rejected token. 4101 (missing permission) is none of them, because a fresh token has the same permissions. */
const TOKEN_REJECTED_CODES: ReadonlySet<number> = new Set([401, 4100, 700012006]);
/** Enough for requests and responses as small as these. */
const TIMEOUT_MS = 20_000;

export interface FeatureApi {
  readonly apiBaseUrl: string;
  /** Headers that the page adds to every request. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly tokens: {
    getAccessToken(): Promise<string>;
    refreshAccessToken(rejected: string): Promise<string>;
  };
  readonly fetch: typeof globalThis.fetch;
  readonly timers: Timers;
}

/**
 * Sends a request without the SDK's client. That client treats a missing permission as an expired token: it would request another token at
 * each click, until the chat regards its tokens as rejected. Never rejects.
 */
export async function requestFeature(api: FeatureApi, request: FeatureRequest): Promise<FeatureResult> {
  const token = await api.tokens.getAccessToken();
  const result = await send(api, token, request);
  if (result.ok || !TOKEN_REJECTED_CODES.has(result.code)) return result;
  return send(api, await api.tokens.refreshAccessToken(token), request);
}

async function send({ apiBaseUrl, headers, fetch, timers }: FeatureApi, token: string, request: FeatureRequest): Promise<FeatureResult> {
  if (token === '') return { ok: false, code: -1 };
  const { method, path, body } = request;
  const ask = async (signal: AbortSignal): Promise<FeatureResult> => {
    const response = await fetch(`${apiBaseUrl}${path}`, {
      ...privateRequest(method),
      headers: { ...headers, authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    });
    const content: unknown = await response.json().catch(() => undefined);
    const code = getErrorCode(content) ?? (response.ok && content !== undefined ? undefined : response.status);
    return code === undefined ? { ok: true, body: Object(content) as FeatureResponseBody } : { ok: false, code };
  };
  return withDeadline(ask, { durationMs: TIMEOUT_MS, timers }).catch(() => ({ ok: false, code: -1 }));
}
