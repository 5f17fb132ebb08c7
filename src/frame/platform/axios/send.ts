/** One request and its answer. */
import { privateRequest } from '../../private-request.js';
import { anySignal } from '../any-signal.js';
import type { HttpResponse, OutgoingRequest } from './contract.js';
import { HttpFailure } from './http-failure.js';
import { requestBody } from './request-body.js';

/** Throws `HttpFailure` when there is no answer, or its body breaks off. */
export async function send(request: OutgoingRequest): Promise<HttpResponse> {
  const { url, method = 'GET', data, headers, responseType, timeout, signal } = request;
  const signals = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)].filter((one) => one !== undefined);
  const { signal: ending, release } = anySignal(signals);
  headers.set('accept', 'application/json, text/plain, */*');
  try {
    const body = requestBody(data, headers);
    const received = (await request.answer) ?? (await fetch(url, { ...privateRequest(method), headers, body, signal: ending }));
    request.onResponse?.({ status: received.status, contentType: received.headers.get('content-type') ?? '' });
    const response = await rateLimitAsApiError(received);
    return {
      data: await readData(response, responseType, release),
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      config: request,
    };
  } catch (error) {
    release();
    throw HttpFailure.from(error);
  }
}

/** Coze's "system request ceiling, retry later", for a gateway that says only 429. */
const TOO_MANY_REQUESTS = 4009;

/**
 * Too many requests are told as Coze tells most errors, by a code in a 200 answer: of an error status the SDK keeps nothing
 * (SDK `utils/mini-coze-api`, `useAuthError`).
 */
async function rateLimitAsApiError(response: Response): Promise<Response> {
  if (response.status !== 429) return response;
  const body = (await response.json().catch(() => undefined)) as { readonly code?: unknown } | null | undefined;
  // `Response.json()` is newer than some browsers.
  return new Response(JSON.stringify({ code: body?.code ?? TOO_MANY_REQUESTS, msg: '' }), {
    headers: { 'content-type': 'application/json' },
  });
}

/** Calls `onEnd` when nothing more will be read. */
async function readData(response: Response, type: OutgoingRequest['responseType'], onEnd: () => void): Promise<unknown> {
  if (type === 'stream' && response.body !== null) return untilEnd(response.body, onEnd);
  const content = type === 'arraybuffer' ? await response.arrayBuffer() : await response.text();
  onEnd();
  return typeof content === 'string' ? parseOrKeep(content) : content;
}

function parseOrKeep(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `stream`, and a call of `onEnd` when it has ended, has failed or is not wanted. */
function untilEnd(stream: ReadableStream<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      onEnd();
    },
    cancel(reason) {
      onEnd();
      return reader.cancel(reason);
    },
  });
}
