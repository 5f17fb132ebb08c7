/** An error without a response, with axios's codes, by which `@coze/api` (`handleError`) distinguishes an aborted request from a failed one. */
export class HttpFailure extends Error {
  readonly isAxiosError = true;
  readonly code: 'ERR_CANCELED' | 'ETIMEDOUT' | 'ERR_NETWORK';

  private constructor(code: HttpFailure['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** From an error of `fetch`, or of reading a body. */
  static from(cause: unknown): HttpFailure {
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'AbortError') return new HttpFailure('ERR_CANCELED', 'canceled', cause);
    if (name === 'TimeoutError') return new HttpFailure('ETIMEDOUT', 'timeout exceeded', cause);
    return new HttpFailure('ERR_NETWORK', 'Network Error', cause);
  }
}
