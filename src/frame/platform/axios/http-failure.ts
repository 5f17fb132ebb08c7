/** No answer, in axios's words: `@coze/api` (`handleError`) tells a request given up from one that failed by them. */
export class HttpFailure extends Error {
  readonly isAxiosError = true;
  readonly code: 'ERR_CANCELED' | 'ETIMEDOUT' | 'ERR_NETWORK';

  private constructor(code: HttpFailure['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** Of what `fetch` or reading a body threw. */
  static from(cause: unknown): HttpFailure {
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'AbortError') return new HttpFailure('ERR_CANCELED', 'canceled', cause);
    if (name === 'TimeoutError') return new HttpFailure('ETIMEDOUT', 'timeout exceeded', cause);
    return new HttpFailure('ERR_NETWORK', 'Network Error', cause);
  }
}
