/**
 * Asks what a chat is going to ask, while its code is still on its way: one way to the API less before the first opening, and none that waits for a
 * slow processor. Sent from the frame's own window, so that it ends with the frame. The code takes an answer in place of asking, if it asks for just
 * that; whatever is not a plain success it asks for itself, and deals with.
 */
import type { Timers } from '../../core/clock.js';
import { privateRequest } from '../private-request.js';
import type { StartRequest } from '../start-requests.js';

/** What need not be known before the code may ask for the same. */
export interface AheadDetails {
  /** In place of {@link StartRequest.path}, for caches alone. */
  readonly sentPath?: string | undefined;
  /**
   * Unless given, the browser's own: the address is the visitor's alone, or its answer everybody's, and it need not be asked each time whether the
   * request is allowed.
   */
  readonly cache?: RequestCache | undefined;
  /** What else has to be so for the answer to be used. */
  readonly accepts?: (answer: ApiAnswer) => boolean;
}

/** As far as somebody looks at it. */
export interface ApiAnswer {
  readonly code?: unknown;
  readonly data?: unknown;
}

export interface AnswersAheadOptions {
  readonly apiBaseUrl: string;
  readonly token: Promise<string>;
  /** Those that the page adds to every request. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** The frame's, once its document is there. */
  readonly view: () => Pick<typeof globalThis, 'fetch'> | undefined;
  readonly timers: Timers;
}

/** `undefined`: ask. */
export type Answer = Promise<Response | undefined>;

/** Between the looks whether the frame's document is there: at once, once its markup has been read. */
const LOOK_MS = 5;
const MAX_LOOKS = 200;

export class AnswersAhead {
  readonly #options: AnswersAheadOptions;
  readonly #abort = new AbortController();
  readonly #answers = new Map<string, Answer>();
  #fetch: Promise<typeof fetch | undefined> | undefined;

  constructor(options: AnswersAheadOptions) {
    this.#options = options;
  }

  ask(request: StartRequest, details: AheadDetails | Promise<AheadDetails> = {}): void {
    this.give(request, this.get(request, details));
  }

  /** Has the request answered by what comes, if anything does: a part of another answer. */
  give({ method, path, body }: StartRequest, coming: unknown): void {
    const answer = Promise.resolve(coming).then((value) => (isSuccess(value) ? toResponse(value) : undefined));
    this.#answers.set(toKey(method, this.#options.apiBaseUrl + path, body), answer);
  }

  /** What is answered; `undefined` unless it is a plain success. Never rejects. */
  get(request: StartRequest, details: AheadDetails | Promise<AheadDetails> = {}): Promise<ApiAnswer | undefined> {
    return this.#send(request, details).catch(() => undefined);
  }

  /** The answer to just this request, once. */
  take(method: string, url: string, body: unknown): Answer | undefined {
    const key = toKey(method, url, body);
    const answer = this.#answers.get(key);
    this.#answers.delete(key);
    return answer;
  }

  /** What has not been taken is not wanted. */
  drop(): void {
    this.#answers.clear();
    this.#abort.abort();
  }

  async #send({ method, path, body }: StartRequest, details: AheadDetails | Promise<AheadDetails>): Promise<ApiAnswer | undefined> {
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
    const answer = Object(await response.json()) as ApiAnswer;
    return response.ok && isSuccess(answer) && accepts?.(answer) !== false ? answer : undefined;
  }

  async #untilFetch(): Promise<typeof fetch | undefined> {
    const { view, timers } = this.#options;
    for (let looks = 0; looks < MAX_LOOKS && !this.#abort.signal.aborted; looks++) {
      const found = view();
      if (found !== undefined) return (...request) => found.fetch(...request);
      await new Promise<void>((resolve) => timers.set(resolve, LOOK_MS));
    }
    return undefined;
  }
}

function isSuccess(answer: unknown): boolean {
  return Object(answer) === answer && Number((answer as ApiAnswer).code ?? 0) === 0;
}

function toResponse(answer: unknown): Response {
  return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
}

function toKey(method: string, url: string, body: unknown): string {
  return `${method} ${url} ${body == null ? '' : JSON.stringify(body)}`;
}
