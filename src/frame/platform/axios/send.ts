/** Sends one request. */
import { untilAborted } from '../../../core/deadline.js';
import { privateRequest } from '../../private-request.js';
import { anySignal } from '../any-signal.js';
import type { HttpResponse, OutgoingRequest } from './contract.js';
import { HttpFailure } from './http-failure.js';
import { requestBody } from './request-body.js';

/** Throws `HttpFailure` if there is no response, or its body breaks off. */
export async function send(request: OutgoingRequest): Promise<HttpResponse> {
  const { url, method = 'GET', data, headers, responseType, timeout, signal } = request;
  const signals = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)].filter((one) => one !== undefined);
  const { signal: ending, release } = anySignal(signals);
  headers.set('accept', 'application/json, text/plain, */*');
  try {
    const body = requestBody(data, headers);
    const prefetched = await untilAborted(Promise.resolve(request.prefetched), ending);
    const received = prefetched ?? (await fetch(url, { ...privateRequest(method), headers, body, signal: ending }));
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

/** Coze's code "system request ceiling, retry later", for a gateway that sends only the status 429. */
const TOO_MANY_REQUESTS = 4009;

/**
 * Converts a 429 to a code in a 200 response, as Coze reports most errors: the SDK drops the body of an error status (SDK
 * `utils/mini-coze-api`, `useAuthError`).
 */
async function rateLimitAsApiError(response: Response): Promise<Response> {
  if (response.status !== 429) return response;
  const body = (await response.json().catch(() => undefined)) as { readonly code?: unknown } | null | undefined;
  // `Response.json()` is missing in some supported browsers.
  return new Response(JSON.stringify({ code: body?.code ?? TOO_MANY_REQUESTS, msg: '' }), {
    headers: { 'content-type': 'application/json' },
  });
}

/** Calls `onEnd` when the body has been read. */
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

/** Returns a stream with the same chunks, and calls `onEnd` when it ends, fails or is cancelled. */
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
