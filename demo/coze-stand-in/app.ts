import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { ApiError, apiErrors, apiFailure } from './http/api-error.js';
import { authenticate } from './http/authenticate.js';
import { answerError } from './http/envelope.js';
import { requirePermissions } from './http/permissions.js';
import { createLogId } from './ids.js';
import { tokenRoutes } from './oauth/token-endpoint.js';
import { assetRoutes } from './routes/assets.js';
import { audioRoutes } from './routes/audio.js';
import { botRoutes } from './routes/bots.js';
import { chatRoutes } from './routes/chats.js';
import { conversationRoutes } from './routes/conversations.js';
import { feedbackRoutes } from './routes/feedback.js';
import { fileRoutes } from './routes/files.js';
import { messageRoutes } from './routes/messages.js';
import { toolOutputRoutes } from './routes/tool-outputs.js';
import { workflowRoutes } from './routes/workflows.js';
import type { StandInEnv, StandInState } from './state.js';

/**
 * The routes of Coze's API. CORS headers and the log id come first, so that error responses carry them too: to a browser, a 401 without
 * CORS headers is a network error.
 */
export function createApp(state: StandInState): Hono<StandInEnv> {
  const app = new Hono<StandInEnv>()
    .use(cors({ origin: '*', allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'], exposeHeaders: ['x-tt-logid'], maxAge: 600 }))
    .use(stampAnswer(state))
    .route('/', assetRoutes(state))
    .use(record(state))
    .route('/', tokenRoutes(state))
    .use('/v1/*', authenticate(state), requirePermissions(state), failOnDemand(state))
    .use('/v3/*', authenticate(state), requirePermissions(state), failOnDemand(state))
    .route('/', botRoutes(state))
    .route('/', conversationRoutes(state))
    .route('/', messageRoutes(state))
    .route('/', feedbackRoutes(state))
    .route('/', chatRoutes(state))
    .route('/', toolOutputRoutes(state))
    .route('/', fileRoutes(state))
    .route('/', audioRoutes(state))
    .route('/', workflowRoutes(state));

  app.notFound((c) => answerError(c, apiErrors.unknownPath(c.req.path)));
  app.onError((error, c) => {
    if (error instanceof ApiError) return answerError(c, error);
    console.error('The Coze stand-in failed:', error);
    return answerError(c, apiErrors.internal());
  });
  return app;
}

/** Sets `Date` from Coze's clock, which a fault can shift against ours. */
function stampAnswer(state: StandInState): MiddlewareHandler<StandInEnv> {
  return async (c, next) => {
    const logId = createLogId(state.clock());
    c.set('logId', logId);
    await next();
    c.header('x-tt-logid', logId);
    c.header('date', new Date(state.clock()).toUTCString());
    const { cacheControl } = state.faults.current;
    if (cacheControl !== '') c.header('cache-control', cacheControl);
  };
}

function record(state: StandInState): MiddlewareHandler<StandInEnv> {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    const entry = state.log.begin(c.req.method, pathname, search, state.clock());
    c.set('record', entry);
    await state.wait(state.faults.current.allDelayMs, state.lifetime);
    await next();
    entry.status = c.env.outgoing.destroyed ? 0 : c.res.status;
    if (isApiJson(c.res, pathname)) entry.responseText = await c.res.clone().text();
  };
}

/** The token endpoint's responses contain tokens and are never recorded. */
const isApiJson = (response: Response, path: string): boolean =>
  !path.startsWith('/api/permission/') && (response.headers.get('content-type') ?? '').includes('application/json');

function failOnDemand(state: StandInState): MiddlewareHandler<StandInEnv> {
  return (c, next) => {
    const failure = state.faults.takeApiFailure(c.req.path);
    if (failure !== undefined) throw apiFailure(failure);
    return next();
  };
}
