/** What every website already has, as far as the examples in this folder need it. */
import type { CozeOAuthApp, Identify } from 'coze-chat-embed/server';

export interface Website {
  /** The OAuth app that signs assertions: `fromCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG)`. */
  readonly oauth: CozeOAuthApp;
  /** Finds the signed-in user by session id, wherever the website keeps its sessions. */
  readonly findUser: (sessionId: string) => Promise<User | null>;
  /**
   * Identifies visitors who are not signed in: `anonymousVisitor({ cookieSecret })` gives each browser a history of its own, `() => null`
   * gives them no chat.
   */
  readonly guests: Identify;
}

export interface User {
  /** Never changes and is never reassigned to another user; an e-mail address guarantees neither. */
  readonly id: string;
}

/** Where the examples mount the endpoint: the element's `token-endpoint`. */
export const TOKEN_PATH = '/api/coze/token';

/** The cookie that the website set when the user signed in, `HttpOnly; Secure; SameSite=Lax`. */
export const SESSION_COOKIE = 'session_id';
