import type { Context, MiddlewareHandler } from 'hono';
import type { Faults, TokenRefusal } from '../faults.js';
import type { StandInEnv, StandInState } from '../state.js';
import { type ApiError, apiErrors } from './api-error.js';
import { answerError } from './envelope.js';

/** Accepts requests with a valid access token; rejects all others the way the endpoint does in production. */
export function authenticate(state: StandInState): MiddlewareHandler<StandInEnv> {
  return async (c, next) => {
    const found = state.tokens.lookUp(c.req.header('authorization'), state.clock());
    const record = c.get('record');
    record.token = found.state;
    record.sessionName = found.token?.identity.sessionName;

    if (found.state !== 'valid' || state.faults.current.rejectAllTokens) return refuse(c, refusalFor(c.req.path, state.faults.current));
    c.set('token', found.token);
    return next();
  };
}

function refusalFor(path: string, faults: Faults): TokenRefusal {
  if (path === '/v3/chat') return faults.expiredOnChat;
  if (path === '/v1/workflows/chat') return faults.expiredOnWorkflowChat;
  return 'http-401';
}

function refuse(c: Context<StandInEnv>, rejection: TokenRefusal): Response {
  switch (rejection) {
    case 'http-401':
      return answerError(c, apiErrors.accessTokenInvalid());
    case 'code-4100':
      return answerError(c, apiErrors.authenticationInvalid());
    case 'code-4101':
      return answerError(c, apiErrors.wrongToken());
    case 'sse-error':
      return refuseInStream(c, apiErrors.wrongToken());
  }
}

function refuseInStream(c: Context<StandInEnv>, error: ApiError): Response {
  const text = `event:error\ndata:${JSON.stringify({ code: error.code, msg: error.message })}\n\n`;
  c.get('record').responseText = text;
  return c.body(text, 200, { 'content-type': 'text/event-stream' });
}
