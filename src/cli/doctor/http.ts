/** One request with a time limit, a size limit and no redirect followed: it would carry a token or a cookie elsewhere. */
import { fail, succeed, type Result } from '../../core/result.js';
import { withDeadline } from '../../core/deadline.js';
import { readBoundedText } from '../../core/bounded-body.js';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body if it is JSON; `undefined` if not. */
  readonly json: unknown;
}

/** Nothing came back: no network, no such host, TLS trouble, a time-out. The error may quote the request, so only the fact is kept. */
export type NoResponse = 'no_answer';

const timeoutMs = 10_000;
const maxBodyBytes = 262_144;

export async function send(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Result<HttpResponse, NoResponse>> {
  try {
    return succeed(
      await withDeadline(timeoutMs, async (signal) => {
        const response = await fetch(url, { ...init, redirect: 'manual', signal });
        const text = await readBoundedText(response.body, maxBodyBytes);
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
