/** Error codes of Coze's token endpoint (coze.cn docs, "OAuth JWT"). */
export type OAuthErrorCode = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'access_deny' | 'internal_error';

const statuses = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  access_deny: 403,
  internal_error: 500,
} as const satisfies Record<OAuthErrorCode, number>;

/** An error response of the token endpoint. Its body has no numeric `code`, unlike the rest of the API. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;

  constructor(code: OAuthErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): (typeof statuses)[OAuthErrorCode] {
    return statuses[this.code];
  }

  toBody(): { readonly error_code: string; readonly error_message: string; readonly error: string } {
    return { error_code: this.code, error_message: this.message, error: this.code };
  }
}
