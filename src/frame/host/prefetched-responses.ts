/**
 * Prefetches the chat's first API responses while its code loads, which saves a round trip before the first opening and does not wait for a
 * slow processor. Requests are sent from the frame's own window, so that they end with the frame. The chat's code takes a response instead
 * of sending the same request; if there was an error, it sends the request itself and handles the error.
 */
import type { Timers } from '../../core/clock.js';
import { privateRequest } from '../private-request.js';
import type { StartRequest } from '../start-requests.js';

/** Details of a request that may be known later than the request. */
export interface RequestDetails {
  /** Path to send in place of {@link StartRequest.path}; it differs only for caches. */
  readonly sentPath?: string | undefined;
  /**
   * By default the browser's cache is used: the URL is unique to the visitor, or its response is the same for everybody. The default also allows
   * the browser to cache the CORS preflight.
   */
  readonly cache?: RequestCache | undefined;
  /** A further condition for using the response. */
  readonly accepts?: (content: ApiResponseBody) => boolean;
}

/** The members of a response that are read. */
export interface ApiResponseBody {
  readonly code?: unknown;
  readonly data?: unknown;
}

export interface PrefetchOptions {
  readonly apiBaseUrl: string;
  readonly token: Promise<string>;
  /** Headers that the page adds to every request. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** The frame's window, once its document has been parsed. */
  readonly view: () => Pick<typeof globalThis, 'fetch'> | undefined;
  readonly timers: Timers;
}

/** Resolves with `undefined` if the chat has to send the request itself. */
type PrefetchedResponse = Promise<Response | undefined>;

/** Interval of checks for the frame's document. */
const POLL_MS = 5;
const MAX_POLLS = 200;

export class PrefetchedResponses {
  readonly #options: PrefetchOptions;
  readonly #abort = new AbortController();
  readonly #responses = new Map<string, PrefetchedResponse>();
  #fetch: Promise<typeof fetch | undefined> | undefined;

  constructor(options: PrefetchOptions) {
    this.#options = options;
  }

  prefetch(request: StartRequest, details: RequestDetails | Promise<RequestDetails> = {}): void {
    this.set(request, this.request(request, details));
  }

  /** Sets the response to the request: the value of `content`, such as a part of another response, if that is a success. */
  set({ method, path, body }: StartRequest, content: unknown): void {
    const response = Promise.resolve(content).then((value) => (isSuccess(value) ? toResponse(value) : undefined));
    this.#responses.set(toKey(method, this.#options.apiBaseUrl + path, body), response);
  }

  /** Resolves with the body of the response; `undefined` unless it is a success. Never rejects. */
  request(request: StartRequest, details: RequestDetails | Promise<RequestDetails> = {}): Promise<ApiResponseBody | undefined> {
    return this.#send(request, details).catch(() => undefined);
  }

  /** Returns the prefetched response to this request; each can be taken once. */
  take(method: string, url: string, body: unknown): PrefetchedResponse | undefined {
    const key = toKey(method, url, body);
    const response = this.#responses.get(key);
    this.#responses.delete(key);
    return response;
  }

  /** Aborts the requests whose responses were not taken. */
  discard(): void {
    this.#responses.clear();
    this.#abort.abort();
  }

  async #send(
    { method, path, body }: StartRequest,
    details: RequestDetails | Promise<RequestDetails>,
  ): Promise<ApiResponseBody | undefined> {
    const { apiBaseUrl, headers, token } = this.#options;
    const [fetch, value, { sentPath = path, cache = 'default', accepts }] = await Promise.all([
      (this.#fetch ??= this.#untilFetch()),
      token,
      details,
    ]);
    if (fetch === undefined || value === '') return undefined;
    const response = await fetch(apiBaseUrl + sentPath, {
      ...privateRequest(method),
      cache,
      headers: { ...headers, authorization: `Bearer ${value}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: this.#abort.signal,
    });
    const content = Object(await response.json()) as ApiResponseBody;
    return response.ok && isSuccess(content) && accepts?.(content) !== false ? content : undefined;
  }

  async #untilFetch(): Promise<typeof fetch | undefined> {
    const { view, timers } = this.#options;
    for (let polls = 0; polls < MAX_POLLS && !this.#abort.signal.aborted; polls++) {
      const found = view();
      if (found !== undefined) return (...request) => found.fetch(...request);
      await new Promise<void>((resolve) => timers.set(resolve, POLL_MS));
    }
    return undefined;
  }
}

/** As `@coze/api` judges it: every code that is truthy, of whatever type, is a failure. */
function isSuccess(content: unknown): boolean {
  return Object(content) === content && !(content as ApiResponseBody).code;
}

function toResponse(content: unknown): Response {
  return new Response(JSON.stringify(content), { headers: { 'content-type': 'application/json' } });
}

function toKey(method: string, url: string, body: unknown): string {
  return `${method} ${url} ${body == null ? '' : JSON.stringify(body)}`;
}
