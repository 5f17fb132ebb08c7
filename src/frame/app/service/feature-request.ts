/** Requests of what a chat can do without: feedback, deletion. */
import { PRIVATE_REQUEST } from '../../platform/private-request.js';
import { getErrorCode } from '../errors/api-error-code.js';

export interface FeatureRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query; ids in it are encoded. */
  readonly path: string;
  readonly body?: object;
}

/** `code` is the API's, or the HTTP status where it gave none; `-1` when no answer came. */
export type FeatureResult = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly code: number };

/** The token itself is refused. 4101 is not among them: a fresh token has the same permissions. */
const REFUSED_TOKEN: ReadonlySet<number> = new Set([401, 4100, 700012006]);
/** An answer to so small a request. */
const TIMEOUT_MS = 20_000;

export interface FeatureTokens {
  getAccessToken(): Promise<string>;
  refreshAccessToken(rejected: string): Promise<string>;
}

/**
 * Beside the SDK's client, which takes a missing permission for an expired token, and would have the page ask for another one at each click, until
 * the chat is taken for refused. Never rejects.
 */
export async function requestFeature(apiBaseUrl: string, tokens: FeatureTokens, request: FeatureRequest): Promise<FeatureResult> {
  const token = await tokens.getAccessToken();
  const result = await send(apiBaseUrl, token, request);
  if (result.ok || !REFUSED_TOKEN.has(result.code)) return result;
  return send(apiBaseUrl, await tokens.refreshAccessToken(token), request);
}

async function send(apiBaseUrl: string, token: string, { method, path, body }: FeatureRequest): Promise<FeatureResult> {
  if (token === '') return { ok: false, code: -1 };
  try {
    const response = await fetch(`${apiBaseUrl}${path}`, {
      ...PRIVATE_REQUEST,
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    const code = getErrorCode(answer) ?? (response.ok && answer !== undefined ? undefined : response.status);
    return code === undefined ? { ok: true, data: (answer as { readonly data?: unknown }).data } : { ok: false, code };
  } catch {
    return { ok: false, code: -1 };
  }
}
