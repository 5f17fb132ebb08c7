/** Sends the assertion to Coze's token endpoint (coze-api: POST /api/permission/oauth2/token) and reads the answer, within a cap. */
import { readBoundedText } from './bounded-body.js';

export interface ExchangeRequest {
  readonly tokenUrl: string;
  readonly assertion: string;
  readonly durationSeconds: number;
  readonly signal: AbortSignal;
}

/** An answer as it came, before anybody believes it. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Nothing if the body was too large or not UTF-8. */
  readonly text: string | undefined;
}

const maxAnswerBytes = 65_536;

/** Rejects when the network fails or the signal aborts. A redirect is not followed: it would carry the assertion elsewhere. */
export async function requestAccessToken(
  fetch: typeof globalThis.fetch,
  { tokenUrl, assertion, durationSeconds, signal }: ExchangeRequest,
): Promise<ExchangeAnswer> {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${assertion}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', duration_seconds: durationSeconds }),
    redirect: 'manual',
    signal,
  });
  const text = await readBoundedText(response.body, maxAnswerBytes);
  return { status: response.status, headers: response.headers, text: text.ok ? text.value : undefined };
}
