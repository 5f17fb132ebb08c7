/**
 * Sends one request with a time limit and a size limit. Redirects are not followed, because they could carry a token or a cookie to another
 * host.
 */
import { readBoundedText } from '../../core/bounded-body.js';
import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { parseJson } from '../../core/values/parse-json.js';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body if it is JSON; `undefined` if not. */
  readonly json: unknown;
}

/** No network, no such host, a TLS error, a time-out. The error may quote the request, so only the fact is kept. */
export type NoResponse = 'no_response';

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 262_144;

export async function send(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Result<HttpResponse, NoResponse>> {
  async function exchange(signal: AbortSignal): Promise<HttpResponse> {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = await readBoundedText(response.body, MAX_BODY_BYTES);
    const json = parseJson(text.ok ? text.value : '');
    return { status: response.status, headers: response.headers, json: json.ok ? json.value : undefined };
  }

  try {
    return succeed(await withDeadline(exchange, { durationMs: TIMEOUT_MS, timers: systemTimers }));
  } catch {
    return fail('no_response');
  }
}
