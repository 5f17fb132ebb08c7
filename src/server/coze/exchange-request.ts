/** Sends the assertion to Coze's token endpoint (`POST /api/permission/oauth2/token`) and reads the response up to a size limit. */
import { readBoundedText } from '../../core/bounded-body.js';
import { ownMembers } from '../../core/values/own-members.js';

export interface ExchangeRequest {
  readonly tokenUrl: string;
  readonly assertion: string;
  readonly durationSeconds: number;
  /** Bots the token is limited to; none means no limit. */
  readonly botIds: readonly string[];
  readonly signal: AbortSignal;
}

/** The response before it is parsed. */
export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` if the body was too large or not UTF-8. */
  readonly text: string | undefined;
}

const MAX_RESPONSE_BYTES = 65_536;
/** RFC 7523 section 2.1. */
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Rejects when the network fails or the signal aborts. A redirect is not followed: it would carry the assertion elsewhere. */
export async function requestAccessToken(
  fetch: typeof globalThis.fetch,
  { tokenUrl, assertion, durationSeconds, botIds, signal }: ExchangeRequest,
): Promise<ExchangeResponse> {
  const init = ownMembers({
    method: 'POST',
    headers: { authorization: `Bearer ${assertion}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      grant_type: JWT_BEARER_GRANT,
      duration_seconds: durationSeconds,
      ...(botIds.length > 0 && { scope: toChatScope(botIds) }),
    }),
    redirect: 'manual' as const,
    signal,
  });
  const response = await fetch(tokenUrl, init);
  const text = await readBoundedText(response.body, MAX_RESPONSE_BYTES);
  return { status: response.status, headers: response.headers, text: text.ok ? text.value : undefined };
}

/** The scope as Coze's own clients send it (coze-js `JWTScope`, coze-py `Scope.build_bot_chat`). */
function toChatScope(botIds: readonly string[]): object {
  return {
    account_permission: { permission_list: ['Connector.botChat'] },
    attribute_constraint: { connector_bot_chat_attribute: { bot_id_list: botIds } },
  };
}
