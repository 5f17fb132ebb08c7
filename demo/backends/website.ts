/** What every website has already, as far as the examples beside this file need it. */
import type { CozeOAuthApp, Identify } from 'coze-chat-embed/server';

export interface Website {
  /** The OAuth app that signs: `fromCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG)`. */
  readonly oauth: CozeOAuthApp;
  /** Who is signed in under a session id, looked up where the website keeps its sessions. */
  readonly findUser: (sessionId: string) => Promise<User | null>;
  /** Who is not signed in: `anonymousVisitor({ cookieSecret })` gives each browser a history of its own, `() => null` gives nobody a chat. */
  readonly guests: Identify;
}

export interface User {
  /** Never changes and is never given to somebody else; an e-mail address is neither. */
  readonly id: string;
}

/** Where the examples mount the endpoint: the `token-endpoint` of the element. */
export const TOKEN_PATH = '/api/coze/token';

/** The cookie that the website set when the user signed in, `HttpOnly; Secure; SameSite=Lax`. */
export const SESSION_COOKIE = 'session_id';
