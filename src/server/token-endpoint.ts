/** The token endpoint: finds out who the visitor is, their session name and their token. Read top-down. */
import { fail, type Result, succeed } from '../core/result.js';
import { ownMembers } from '../core/values/own-members.js';
import { type SubjectResponseBody, TokenReason, type TokenResponseBody } from '../token/protocol.js';
import { durationSince, HostFunctionError } from './config/host-functions.js';
import { createExchange, type TokenExchangeParams } from './coze/exchange.js';
import type { CozeAccessToken } from './coze/exchange-response.js';
import { createOAuthApp } from './coze/oauth-app.js';
import { withTokenCache } from './coze/token-cache.js';
import { createRandomId } from './crypto/random-id.js';
import { createHandler, type RequestHandler } from './http/handler.js';
import { validateOrigin } from './http/origin.js';
import { errorResponse, preflightResponse, tokenResponse } from './http/responses.js';
import { parseTokenRequest } from './http/token-request.js';
import { type ClientClaims, resolveIdentity, type VerifiedUser } from './identity/identity.js';
import { resolveSessionName, toSubject } from './identity/session-name.js';
import { isVisitorMaker } from './identity/visitor-maker.js';
import { parseOptions, type TokenEndpointOptions, type TokenEndpointSettings, type VisitorSettings } from './options.js';
import { createStoreTime } from './rate-limit/consume.js';
import { createRateLimits, noRateLimits } from './rate-limit/rate-limit.js';
import { type EndpointError, toWireError } from './reporting/endpoint-error.js';
import { EndpointWarning, NO_REQUEST_ID, type OperatorEvent, safeReporter, toSubjectPrefix } from './reporting/operator-event.js';
import { SetUpWarnings } from './reporting/set-up-warnings.js';

/**
 * The handler of the endpoint. Its `ready` resolves when the private key has been imported, because only the import by WebCrypto finds every fault of
 * a key.
 */
export type TokenEndpoint<Context = unknown> = RequestHandler<Context>;

/** The result of a request, with `subject` and `setCookie` if they are known by then. */
interface Outcome {
  readonly result: Result<TokenResponseBody | SubjectResponseBody, EndpointError>;
  readonly subject?: string;
  readonly setCookie?: string;
}

/**
 * Creates the handler that gives each visitor a token for their own conversations only.
 *
 * @template Context what the server passes with the request. Without it, `identify` can declare any type.
 * @param options the OAuth app, and either `identify` or `trustClientIdentity`; the other options have defaults
 * @returns a function from a `Request` to the promise of a `Response`, for Node, Workers, Deno and Bun. It responds to `POST` with a token, or with
 * the `subject` alone where `reason` is `verify`, to `OPTIONS` with the CORS preflight, and to everything else with an error of the contract.
 * @throws ServerConfigurationError (`code` `invalid_configuration`), naming every option that is wrong
 * @example
 * const tokenEndpoint = createTokenEndpoint({
 *   oauth: fromCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG),
 *   identify: async (request) => {
 *     const user = await findUserOfSession(request.headers.get('cookie'));
 *     return user === null ? null : { id: user.id };
 *   },
 * });
 * @see https://www.rfc-editor.org/rfc/rfc7523 for the grant, https://www.rfc-editor.org/rfc/rfc6749#section-5 for the response
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as `unknown` it would keep every adapter's listener from taking the endpoint
export function createTokenEndpoint<Context = any>(options: TokenEndpointOptions<Context>): TokenEndpoint<Context> {
  const settings = parseOptions(options as TokenEndpointOptions);
  return createOAuthTokenHandler(settings, new SetUpWarnings(safeReporter(settings.onEvent)));
}

/** Creates the endpoint whose tokens are Coze's own, from checked settings. */
export function createOAuthTokenHandler<Context>(settings: TokenEndpointSettings, warnings: SetUpWarnings): TokenEndpoint<Context> {
  const { durationSeconds, fetch, now, randomBytes } = settings;
  const app = createOAuthApp(settings.oauth);
  const warn = safeReporter(settings.onEvent);
  const uncached = createExchange(app, { durationSeconds, fetch, now, randomBytes, warn });
  const exchange = settings.tokenCache
    ? withTokenCache(uncached, { scope: [app.appId, app.tokenUrl, app.audience, durationSeconds, app.botIds], now })
    : uncached;
  return createTokenHandler(settings, { issue: exchange, ready: () => app.keys.load() }, warnings);
}

/** The visitor for whom a token is issued. */
export interface TokenRecipient extends TokenExchangeParams {
  readonly user: VerifiedUser;
  readonly subject: string;
}

export interface TokenIssuer {
  /** `disconnected` aborts when the client disconnects. */
  readonly issue: (recipient: TokenRecipient, disconnected: AbortSignal) => Promise<Result<CozeAccessToken, EndpointError>>;
  /** Resolves when the first token can be issued without delay. */
  readonly ready: () => Promise<void>;
  /** Additional fields of every token response. */
  readonly about?: Pick<TokenResponseBody, 'gateway'>;
}

/** Creates the endpoint for any source of tokens: identity, origin, rate limits, and reports to the operator. */
export function createTokenHandler<Context>(
  settings: VisitorSettings,
  { issue, ready, about }: TokenIssuer,
  warnings: SetUpWarnings,
): TokenEndpoint<Context> {
  const { allowedOrigins, sessionName, now, randomBytes } = settings;
  const report = safeReporter(settings.onEvent);
  const limits =
    settings.rateLimit === false ? noRateLimits : createRateLimits(settings.rateLimit, isVisitorMaker(settings.identify), report);

  if (settings.trustClientIdentity) report(CLIENT_IDENTITY_WARNING);

  async function respond(request: Request, context: unknown): Promise<Response> {
    if (request.method === 'OPTIONS') return respondPreflight(request);
    try {
      const startedMs = now();
      const requestId = createRandomId(randomBytes);
      const outcome = ownMembers(await issueToken(request, context).catch(unexpectedFailure));
      return finish(outcome, request, { requestId, durationMs: durationSince(startedMs, now) });
    } catch (error) {
      return finish(unexpectedFailure(error), request, { requestId: NO_REQUEST_ID, durationMs: 0 });
    }
  }

  function finish(outcome: Outcome, request: Request, { requestId, durationMs }: RequestFigures): Response {
    report(toOperatorEvent(outcome, requestId, durationMs));
    warnOfSetUp(outcome, request);
    const { result, setCookie } = outcome;
    const responseContext = { request, allowedOrigins, requestId, setCookie };
    return result.ok ? tokenResponse(result.value, responseContext) : errorResponse(result.error, responseContext);
  }

  function respondPreflight(request: Request): Response {
    // The browser sends no request after a refused preflight.
    if (!validateOrigin(request, allowedOrigins).ok) warnings.warnOfRefusedOrigin(request);
    return preflightResponse({ request, allowedOrigins });
  }

  async function issueToken(request: Request, context: unknown): Promise<Outcome> {
    const claims = await parseTokenRequest(request, allowedOrigins, context);
    if (!claims.ok) return { result: claims };

    const storeTime = createStoreTime();
    const fromAddress = await limits.countAddress(request, context, storeTime);
    if (!fromAddress.ok) return { result: fromAddress };

    const identity = await resolveIdentity(settings, request, claims.value, context);
    if (!identity.ok) return { result: identity };
    const { user, isNew, ...cookie } = identity.value;
    if (isNew ?? cookie.setCookie !== undefined) {
      const fromNewVisitors = await limits.countNewVisitor(fromAddress.value, storeTime);
      // The response omits the cookie, because the limit is there to stop a client from collecting cookies.
      if (!fromNewVisitors.ok) return { result: fromNewVisitors };
    }
    const newVisitor = isNew === true ? ({ new_visitor: true } as const) : {};

    const session = await resolveSessionName(sessionName, user);
    if (!session.ok) return { result: session, ...cookie };
    const subject = await toSubject(session.value);

    const fromSubject = await limits.countSubject(subject, storeTime);
    if (!fromSubject.ok) return { result: fromSubject, subject, ...cookie };

    if (claims.value.reason === TokenReason.Verify) return { result: succeed({ subject, ...newVisitor }), subject, ...cookie };
    const recipient = { user, subject, sessionName: session.value, bypassCache: needsNewToken(claims.value) };
    const token = await issue(recipient, request.signal);
    if (!token.ok) return { result: token, subject, ...cookie };
    const { value, expiresIn, expiresAt } = token.value;
    const fields = { access_token: value, token_type: 'Bearer', expires_in: expiresIn, expires_at: expiresAt } as const;
    return { result: succeed({ ...fields, subject, ...about, ...newVisitor }), subject, ...cookie };
  }

  function warnOfSetUp({ result, setCookie }: Outcome, request: Request): void {
    if (setCookie !== undefined) warnings.warnOfCookie(setCookie, request);
    if (result.ok) return;
    const { reason } = result.error;
    if (reason === 'not_signed_in') warnings.warnOfSignedOutVisitor(request);
    if (reason === 'foreign_origin') warnings.warnOfRefusedOrigin(request);
    if (reason === 'identity_mismatch') warnings.once(EndpointWarning.UserIdMismatch, USER_ID_MISMATCH);
    if (reason === 'body_lost') warnings.once(EndpointWarning.BodyLost, BODY_LOST);
  }

  return createHandler<Context>(respond, { name: 'tokenEndpoint', ready });
}

const USER_ID_MISMATCH =
  'A page claims another user_id than identify returns, and was refused. If that is nobody who signs in or out just now: give user-id of <coze-chat> the same id, as the same text, or leave it out.';

const BODY_LOST =
  'A request announced a body of which nothing is left, and was refused: something in front of the endpoint has read it, such as express.json(). Mount the endpoint above it, or pass the request that has the parsed "body" as the second argument.';

/** Whether Coze rejected the element's token, or the visitor asked for another one. */
function needsNewToken({ reason }: ClientClaims): boolean {
  return reason === TokenReason.Rejected || reason === TokenReason.Manual;
}

const CLIENT_IDENTITY_WARNING: OperatorEvent = {
  type: 'warning',
  code: EndpointWarning.ClientIdentityTrusted,
  message: 'trustClientIdentity is on: anybody who can reach this endpoint can read anybody\'s chat. Use "identify" for real visitors.',
};

/** Keeps only which function of the host failed. Discards the error, which may contain anything. */
function unexpectedFailure(error: unknown): Outcome {
  return { result: fail({ reason: 'unexpected', ...(error instanceof HostFunctionError && { detail: error.word }) }) };
}

interface RequestFigures {
  readonly requestId: string;
  readonly durationMs: number;
}

function toOperatorEvent({ result, subject }: Outcome, requestId: string, durationMs: number): OperatorEvent {
  const prefix = subject === undefined ? undefined : toSubjectPrefix(subject);
  if (result.ok) {
    const about = { requestId, subject: prefix ?? '' };
    if (!('access_token' in result.value)) return { type: 'subject_verified', ...about, durationMs };
    return { type: 'token_issued', ...about, expiresInSeconds: result.value.expires_in, durationMs };
  }
  const { reason, detail, at, upstream } = result.error;
  return {
    type: 'request_refused',
    requestId,
    ...toWireError(result.error),
    reason,
    ...(detail !== undefined && { detail }),
    ...(at !== undefined && { at }),
    ...(upstream !== undefined && { upstream }),
    ...(prefix !== undefined && { subject: prefix }),
    durationMs,
  };
}
