/** One request with a time limit, a size limit and no redirect followed: it would carry a token or a cookie elsewhere. */
import { readBoundedText } from '../../core/bounded-body.js';
import { withDeadline } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body if it is JSON; `undefined` if not. */
  readonly json: unknown;
}

/** Nothing came back: no network, no such host, TLS trouble, a time-out. The error may quote the request, so only the fact is kept. */
export type NoResponse = 'no_answer';

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 262_144;

export async function send(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Result<HttpResponse, NoResponse>> {
  try {
    return succeed(
      await withDeadline(TIMEOUT_MS, async (signal) => {
        const response = await fetch(url, { ...init, redirect: 'manual', signal });
        const text = await readBoundedText(response.body, MAX_BODY_BYTES);
        return { status: response.status, headers: response.headers, json: parseJson(text.ok ? text.value : '') };
      }),
    );
  } catch {
    return fail('no_answer');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
