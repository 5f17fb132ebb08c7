/** One request and its answer. */
import type { HttpResponse, OutgoingRequest } from './contract.js';
import { HttpFailure } from './http-failure.js';
import { requestBody } from './request-body.js';

/** Throws `HttpFailure` when there is no answer, or its body breaks off. */
export async function send(request: OutgoingRequest): Promise<HttpResponse> {
  const { url, method = 'GET', data, headers, responseType, timeout, signal } = request;
  const signals = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)].filter((one) => one !== undefined);
  headers.set('accept', 'application/json, text/plain, */*');
  try {
    const response = await fetch(url, { method, headers, body: requestBody(data, headers), signal: AbortSignal.any(signals) });
    return {
      data: await dataOf(response, responseType),
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      config: request,
    };
  } catch (error) {
    throw HttpFailure.from(error);
  }
}

async function dataOf(response: Response, type: OutgoingRequest['responseType']): Promise<unknown> {
  if (type === 'stream') return response.body;
  if (type === 'arraybuffer') return response.arrayBuffer();
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
