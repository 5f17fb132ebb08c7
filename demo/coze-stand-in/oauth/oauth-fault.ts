import type { Context } from 'hono';
import type { OAuthFault } from '../faults.js';
import type { StandInEnv, StandInState } from '../state.js';
import { OAuthError } from './oauth-error.js';

const HUGE_BODY_BYTES = 4 * 1024 * 1024;

/** The token endpoint's response under a fault; `undefined` without one. */
export async function answerFault(c: Context<StandInEnv>, state: StandInState, fault: OAuthFault): Promise<Response | undefined> {
  switch (fault) {
    case 'none':
      return undefined;
    case 'reject-jwt':
      return refuse(c, new OAuthError('invalid_client', 'invalid jwt: refused on demand'));
    case 'http-400':
      return refuse(c, new OAuthError('invalid_request', 'invalid request: duration_seconds'));
    case 'access-deny':
      return refuse(c, new OAuthError('access_deny', 'app: Parrot is currently deactivated by the owner'));
    case 'http-429':
      return c.json({ error_code: 'too_many_requests', error_message: 'too many requests', error: 'too_many_requests' }, 429);
    case 'http-500':
      return refuse(c, new OAuthError('internal_error', 'Service internal error.'));
    case 'http-503':
      return c.text('upstream connect error', 503);
    case 'html':
      return c.html('<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>');
    case 'code-in-200':
      return c.json({ code: 5000, msg: 'internal error', detail: { logid: c.get('logId') } });
    case 'cut-json':
      return c.body('{"access_token":"czs_', 200, { 'content-type': 'application/json' });
    case 'huge-body':
      return c.body(`{"padding":"${' '.repeat(HUGE_BODY_BYTES)}"}`, 200, { 'content-type': 'application/json' });
    case 'endless-body':
      return c.body(endlessBody(), 200, { 'content-type': 'application/json' });
    case 'slow-body':
      return c.body(slowBody(), 200, { 'content-type': 'application/json' });
    case 'hang':
      await until(AbortSignal.any([c.req.raw.signal, state.lifetime]));
      return c.body(null, 503);
    case 'drop':
      c.env.outgoing.destroy();
      return c.body(null, 503);
  }
}

function refuse(c: Context<StandInEnv>, error: OAuthError): Response {
  return c.json(error.toBody(), error.status);
}

function endlessBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"access_token":'));
    },
  });
}

function slowBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      controller.enqueue(new TextEncoder().encode(' '));
    },
  });
}

const until = (signal: AbortSignal): Promise<void> =>
  signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
