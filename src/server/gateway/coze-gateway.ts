/** The gateway: a token endpoint and Coze's API behind it, for browsers that never get a token of Coze's. */
import { systemTimers, type Timers } from '../../core/clock.js';
import { succeed } from '../../core/result.js';
import { isUploadable } from '../../core/uploadable-file.js';
import { ownOptions } from '../../core/values/own-members.js';
import { createExchange } from '../coze/exchange.js';
import { createOAuthApp } from '../coze/oauth-app.js';
import { createHandler, type RequestHandler } from '../http/handler.js';
import { findName, parsePath } from '../http/mount-path.js';
import { EndpointWarning, safeReporter } from '../reporting/operator-event.js';
import { SetUpWarnings } from '../reporting/set-up-warnings.js';
import { createTokenHandler, type TokenEndpoint, type TokenIssuer } from '../token-endpoint.js';
import { type GatewayKeys, lazyKeys } from './derived-keys.js';
import { FileIds } from './endpoints/file-ids.js';
import { createGatewayApi, type GatewayApi } from './gateway-api.js';
import { GatewayTokens } from './gateway-token.js';
import { type CozeGatewayOptions, type GatewaySettings, parseGatewayOptions } from './options.js';
import { Quotas } from './quotas.js';
import { createCozeUpstream } from './upstream/coze-upstream.js';
import { SharedTokens } from './upstream/shared-tokens.js';
import { createStudioUpstream } from './upstream/studio-upstream.js';
import type { Upstream } from './upstream/upstream.js';
import { VisitorTokens } from './upstream/visitor-tokens.js';

/** The handler of the gateway's path and all below it. */
export type CozeGateway<Context = unknown> = RequestHandler<Context>;

/**
 * Creates the gateway: the page's `token-endpoint` is its path with `/token`, and its `api-base-url` is its path. The browser gets a token of the
 * gateway, bound to the visitor, to the bots and to this gateway; Coze's token never leaves the server.
 *
 * @template Context what the server passes with the request. Without it, `identify` can declare any type.
 * @param options whose API (`oauth` or `studio`), which bots, who the visitors are (`identify`), and a `secret`; the others have defaults
 * @returns a function from a `Request` to the promise of a `Response`, or of Node's request and response
 * @throws ServerConfigurationError (`code` `invalid_configuration`), naming every option that is wrong
 * @example
 * app.use('/coze', createCozeGateway({ oauth: readCozeOAuthConfig('coze_oauth_config.json'), bots: ['7512'], secret, identify }));
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as `unknown` it would keep every adapter's listener from taking the gateway
export function createCozeGateway<Context = any>(options: CozeGatewayOptions<Context>): CozeGateway<Context> {
  const settings = parseGatewayOptions(options);
  const prefix = parsePath(settings.path, 'createCozeGateway');
  const warnings = new SetUpWarnings(safeReporter(settings.onEvent));
  const { token, api, ready } = createGatewayParts(settings, systemTimers, warnings);

  function respond(request: Request, context: unknown): Promise<Response> {
    const name = findName(request, context, prefix);
    if (name === 'token') return token(request, context);
    if (name === undefined) warnings.once(EndpointWarning.PathUnknown, PATH_UNKNOWN);
    return api(request, `/${name ?? ''}`, context);
  }

  return createHandler<Context>(respond, { name: 'cozeGateway', ready });
}

const PATH_UNKNOWN =
  'A request came to createCozeGateway that is not below its path, "/coze" unless given. Give "path" as your server mounts it.';

export interface GatewayParts {
  /** Handles `POST` of the page's token endpoint. */
  readonly token: TokenEndpoint;
  /** Handles Coze's API, by the path below the gateway's. */
  readonly api: GatewayApi;
  readonly ready: () => Promise<void>;
}

/** Creates both handlers, for a caller that serves them with others below one path. */
export function createGatewayParts(settings: GatewaySettings, timers: Timers, warnings: SetUpWarnings): GatewayParts {
  const { secret, formerSecret, bots, apps, limits, uploads, rateLimit, onEvent, now } = settings;
  const report = safeReporter(onEvent);
  const keys = lazyKeys(formerSecret === undefined ? [secret] : [secret, formerSecret]);
  const { upstream, audience } = createUpstream(settings, keys, timers);
  const tokens = new GatewayTokens({ keys, audience, durationSeconds: settings.durationSeconds, now });
  const { clientAddress, store } = rateLimit === false ? {} : rateLimit;
  const ready = async (): Promise<void> => void (await Promise.all([keys(), upstream.ready()]));

  const apiOptions = {
    ...settings,
    tokens,
    fileIds: new FileIds(keys),
    upstream,
    report,
    timers,
    quotas: limits === false ? undefined : new Quotas({ limits, clientAddress, store, warn: report }),
    uploads: uploads === false ? undefined : { maxBytes: uploads.maxBytes, accepts: uploads.accepts ?? isUploadable },
  };
  const api = createGatewayApi(ownOptions(apiOptions));
  const issuer: TokenIssuer = {
    issue: async ({ subject, sessionName, user }) => succeed(await tokens.issue({ subject, sessionName, user, bots, apps })),
    ready,
    about: { gateway: true },
  };
  return { token: createTokenHandler(settings, issuer, warnings), api, ready };
}

interface NamedUpstream {
  readonly upstream: Upstream;
  /** Part of a token's claims, so that a token for another API is invalid here. */
  readonly audience: string;
}

function createUpstream(settings: GatewaySettings, keys: () => Promise<GatewayKeys>, timers: Timers): NamedUpstream {
  const { oauth, studio, tokenStore: store, connectorId, fetch, now, randomBytes, onEvent } = settings;
  if (studio !== undefined) {
    const upstream = createStudioUpstream({ ...studio, connectorId, fetch, now });
    return { upstream, audience: `coze-chat-embed/gateway ${studio.apiBaseUrl}` };
  }
  if (oauth === undefined) throw new TypeError('Neither oauth nor studio was given.');
  const app = createOAuthApp(oauth);
  const warn = safeReporter(onEvent);
  const exchange = createExchange(app, { durationSeconds: COZE_TOKEN_SECONDS, fetch, now, randomBytes, warn });
  const audience = `coze-chat-embed/gateway ${oauth.apiBaseUrl} ${oauth.appId}`;
  const shared = store && new SharedTokens({ store, keys, audience, now, timers, warn });
  const tokens = new VisitorTokens(exchange, now, shared);
  const upstream = createCozeUpstream({ apiBaseUrl: oauth.apiBaseUrl, tokens, fetch, now, ready: () => app.keys.load() });
  return { upstream, audience };
}

/** Lifetime of Coze's own tokens, which stay on this server. */
const COZE_TOKEN_SECONDS = 3600;
