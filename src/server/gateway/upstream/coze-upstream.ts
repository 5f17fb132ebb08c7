/** Coze's cloud: each visitor has a token of their own, and Coze itself separates conversations by token. */
import { LRUCache } from 'lru-cache';
import { asNumber } from '../../../core/values/foreign-value.js';
import { noOptions, ownOptions } from '../../../core/values/own-members.js';
import { ApiProblem } from '../api-problem.js';
import { fetchUpstream, toProblem } from './fetch-upstream.js';
import { openTurn } from './first-event.js';
import type { Upstream, UpstreamRequest, UpstreamResponse } from './upstream.js';
import type { VisitorTokens } from './visitor-tokens.js';

export interface CozeUpstreamOptions {
  readonly apiBaseUrl: string;
  readonly tokens: VisitorTokens;
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly ready: () => Promise<void>;
}

/** Codes for an expired or unknown token. 4101 is also Coze's code when the OAuth app lacks a permission. */
const TOKEN_CODES: ReadonlySet<unknown> = new Set([401, 4100, 4101, 700012006]);
const PERMISSION_MISSING = 4101;
/** How long 4101 for a fresh token counts as a missing permission, for this visitor and endpoint only. */
const PERMISSION_MS = 10 * 60_000;
const MAX_REMEMBERED = 10_000;

export function createCozeUpstream({ apiBaseUrl, tokens, fetch, now, ready }: CozeUpstreamOptions): Upstream {
  const unpermitted = new LRUCache<string, number>(ownOptions({ max: MAX_REMEMBERED }));

  async function send(request: UpstreamRequest): Promise<UpstreamResponse> {
    const { visitor, call, file } = request;
    const key = JSON.stringify([visitor.sessionName, call.endpoint.name]);
    const token = await tokens.get(visitor.sessionName);
    const { response, rejectionCode } = await attempt(token, request);
    if (rejectionCode === undefined || (rejectionCode === PERMISSION_MISSING && isUnpermitted(key))) return response;

    const other = await tokens.replace(visitor.sessionName, token);
    discard(response);
    // The stream of the file is consumed: the chat sends it again after it has renewed the gateway's token.
    if (file !== undefined && rejectionCode !== PERMISSION_MISSING) throw new ApiProblem('token_invalid');
    if (file !== undefined) return response;
    const repeated = await attempt(other, request);
    if (repeated.rejectionCode === undefined) return repeated.response;
    if (repeated.rejectionCode === PERMISSION_MISSING) {
      unpermitted.set(key, now(), noOptions());
      return repeated.response;
    }
    discard(repeated.response);
    throw new ApiProblem('upstream_rejected', { upstream: { code: String(repeated.rejectionCode) } });
  }

  function isUnpermitted(key: string): boolean {
    const sinceMs = unpermitted.get(key, noOptions());
    return sinceMs !== undefined && Math.abs(now() - sinceMs) < PERMISSION_MS;
  }

  async function attempt(token: string, request: UpstreamRequest): Promise<Attempt> {
    const response = await fetchUpstream({ apiBaseUrl, fetch, token }, request);
    if (response.kind === 'json') {
      const code = asNumber(response.body['code'] ?? 0) || (response.status === 401 ? 401 : 0);
      return { response, rejectionCode: TOKEN_CODES.has(code) ? code : undefined };
    }
    if (request.call.endpoint.response.kind !== 'events') return { response, rejectionCode: undefined };
    const { code, body } = await openTurn(response.body, request.signal).catch((error: unknown) => {
      throw toProblem(request.signal, error);
    });
    return { response: { ...response, body }, rejectionCode: TOKEN_CODES.has(code) ? code : undefined };
  }

  return {
    has: () => true,
    requireConversation: () => Promise.resolve(),
    send,
    toCozeCode: (code) => code,
    ready,
  };
}

interface Attempt {
  readonly response: UpstreamResponse;
  /** The code with which Coze rejected the token. */
  readonly rejectionCode: number | undefined;
}

function discard(response: UpstreamResponse): void {
  if (response.kind === 'bytes') void response.body.cancel().catch(() => undefined);
}
