/** The part of axios's interface that the SDK and `@coze/api` use. */
import type { RequestHeaders } from './request-headers.js';

export interface HttpRequest {
  readonly url: string;
  /** `GET` by default. */
  readonly method?: string;
  /** A form is sent as it is, everything else as JSON. */
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `json` by default, or text if the body is no JSON. */
  readonly responseType?: 'json' | 'stream' | 'arraybuffer';
  /** In milliseconds, until the body has been read; none by default. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Not of axios: a prefetched response; the request is sent if it resolves with `undefined`. */
  readonly prefetched?: Promise<Response | undefined> | undefined;
  /** Not of axios: called before the body is read, for every status. */
  readonly onResponse?: (head: ResponseHead) => void;
}

export interface ResponseHead {
  readonly status: number;
  /** Empty without a header. */
  readonly contentType: string;
}

/** The request as interceptors get it; it can be sent again. */
export interface OutgoingRequest extends Omit<HttpRequest, 'headers'> {
  readonly headers: RequestHeaders;
}

/** Resolves for every status: the SDK sets `validateStatus: () => true`. */
export interface HttpResponse {
  readonly data: unknown;
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly config: OutgoingRequest;
}
