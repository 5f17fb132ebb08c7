/** The words of axios that the SDK and `@coze/api` speak. */
import type { RequestHeaders } from './request-headers.js';

export interface HttpRequest {
  readonly url: string;
  /** `GET` without one. */
  readonly method?: string;
  /** A form goes out as it is, everything else as JSON. */
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `json` without one: text, where it is none. */
  readonly responseType?: 'json' | 'stream' | 'arraybuffer';
  /** In milliseconds, until the body has been read; none without one. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Ours: what was asked before, if it was; asked now where it comes to nothing. */
  readonly answer?: Promise<Response | undefined> | undefined;
  /** Ours: called before the body is read, whatever the status. */
  readonly onResponse?: (head: ResponseHead) => void;
}

export interface ResponseHead {
  readonly status: number;
  /** Empty without one. */
  readonly contentType: string;
}

/** As interceptors see it, and as it can be sent again. */
export interface OutgoingRequest extends Omit<HttpRequest, 'headers'> {
  readonly headers: RequestHeaders;
}

/** Whatever its status: the SDK sets `validateStatus: () => true`. */
export interface HttpResponse {
  readonly data: unknown;
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly config: OutgoingRequest;
}
