/** One API call, without any token. Preflights and public pictures are not recorded. */
export interface RecordedRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: string;
  /** HTTP status; 0 while there is no response, and permanently if the connection broke before one. */
  readonly status: number;
  /** Arrival, epoch ms. */
  readonly at: number;
  /** Owner of the token, if the token is known; for the token endpoint, of the assertion. */
  readonly sessionName: string | undefined;
  readonly token: 'valid' | 'expired' | 'unknown' | 'none';
  /** Text of the messages sent, one per line; '' for calls that send none. */
  readonly requestText: string;
  /** JSON body or event stream as far as it was sent; '' for the token endpoint and for binary bodies. */
  readonly responseText: string;
}

export type RecordInProgress = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Bounds the memory of a demo that runs for days: the oldest calls are dropped. */
const DEFAULT_CAPACITY = 20_000;

export class RequestLog {
  readonly #capacity: number;
  #records: RecordInProgress[] = [];

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  get all(): readonly RecordedRequest[] {
    return this.#records;
  }

  begin(method: string, path: string, query: string, at: number): RecordInProgress {
    const record: RecordInProgress = {
      method,
      path,
      query,
      at,
      status: 0,
      sessionName: undefined,
      token: 'none',
      requestText: '',
      responseText: '',
    };
    this.#records.push(record);
    if (this.#records.length > this.#capacity) this.#records.shift();
    return record;
  }

  clear(): void {
    this.#records = [];
  }
}
