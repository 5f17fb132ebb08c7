/**
 * Cloudflare Workers, and every other runtime that takes `export default { fetch }`. Configuration and sessions are bindings, passed with
 * each request.
 */
import { createTokenEndpoint, fromCozeOAuthConfig, type Identify, type TokenEndpoint } from 'coze-chat-embed/server';
import { parse } from 'hono/utils/cookie';
import { SESSION_COOKIE, TOKEN_PATH } from './website.js';

export interface Bindings {
  /** A secret: the content of `coze_oauth_config.json`. */
  readonly COZE_OAUTH_CONFIG: string;
  /** A KV namespace: session id → user id. */
  readonly SESSIONS: { readonly get: (sessionId: string) => Promise<string | null> };
}

export interface Worker {
  readonly fetch: (request: Request, bindings: Bindings) => Promise<Response>;
}

const bySession: Identify<Bindings> = async (request, _claims, { SESSIONS }) => {
  const sessionId = parse(request.headers.get('cookie') ?? '')[SESSION_COOKIE];
  const id = sessionId === undefined ? null : await SESSIONS.get(sessionId);
  return id === null ? null : { id };
};

export function createWorker(): Worker {
  // One endpoint for all requests of an isolate: a new one per request would import the key again and lose its rate-limit counters.
  let tokenEndpoint: TokenEndpoint<Bindings> | undefined;

  return {
    async fetch(request, bindings) {
      if (new URL(request.url).pathname !== TOKEN_PATH) return new Response(null, { status: 404 });
      tokenEndpoint ??= createTokenEndpoint<Bindings>({
        oauth: fromCozeOAuthConfig(bindings.COZE_OAUTH_CONFIG),
        identify: bySession,
        // Set by Cloudflare, which overwrites what a client sends. Each isolate counts for itself unless `store` shares the counters.
        rateLimit: { clientAddress: ({ headers }) => headers.get('cf-connecting-ip') ?? undefined },
      });
      return tokenEndpoint(request, bindings);
    },
  };
}

export default createWorker();
