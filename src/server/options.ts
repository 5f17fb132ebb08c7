/** The options of a host, and their validation: the result is settings, or an error that names what to change. */
import { z } from 'zod';
import { ownOptions } from '../core/values/own-members.js';
import { ServerConfigurationError } from './config/configuration-error.js';
import { checkedClock, checkedRandomBytes } from './config/host-functions.js';
import { callbackSchema, parsedTextSchema, safeParseOwn } from './config/schema.js';
import type { CozeApp, CozeKey } from './coze/oauth-app.js';
import { type OAuthAppData, oauthAppSchema } from './coze/oauth-app-schema.js';
import { parseOrigin } from './http/origin.js';
import { type Identify, trustClient } from './identity/identity.js';
import { hashedSessionName, type SessionNameRule } from './identity/session-name.js';
import type { RateLimitOptions } from './rate-limit/rate-limit.js';
import { logToConsole, type OperatorEvent } from './reporting/operator-event.js';

/** Who the visitor is, which origins may send requests, and how many: the same for the token endpoint and the gateway. */
export interface VisitorOptions<Context> {
  /**
   * Separates the histories of several products that share one OAuth app. If you change it, all visitors lose their history.
   *
   * @default ''
   */
  readonly namespace?: string;
  /**
   * Responds with 500 if `identify` returns a visitor without a tenant. For hosts that serve several customers: without a tenant, visitors of two
   * customers could have the same history.
   *
   * @default false
   */
  readonly requireTenant?: boolean;
  /**
   * Replaces the default session names, to keep existing histories. Two visitors with the same name share one history.
   *
   * @default a digest of namespace, tenant and id
   */
  readonly sessionName?: SessionNameRule;
  /**
   * Other origins whose pages may send requests with cookies, compared exactly.
   *
   * @default [] the endpoint's own origin only
   * @example
   * allowedOrigins: ['https://shop.example']
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Rate limits for each visitor, for each address and for all new visitors together. `false` leaves rate limiting to the host, for example to a
   * gateway.
   *
   * @default {} 60 requests per minute for each visitor, 120 per minute for all new anonymous visitors together
   */
  readonly rateLimit?: RateLimitOptions<Context> | false;
  /**
   * Called for every response and warning. Errors that it throws are ignored.
   *
   * @default writes warnings and responses of 500 and above to the console
   */
  readonly onEvent?: (event: OperatorEvent) => void;
  /**
   * Sends the requests to Coze, for example through a proxy.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * The current time in epoch milliseconds. If it throws, or returns anything but a finite number, the response is 500.
   *
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * Returns cryptographically strong random bytes. If it throws, or returns anything but as many bytes, the response is 500.
   *
   * @default crypto.getRandomValues
   */
  readonly randomBytes?: (length: number) => Uint8Array;
}

interface TokenOptions {
  /**
   * The OAuth app that signs the assertions, with its key. `fromCozeOAuthConfig` reads both from Coze's own file.
   *
   * @example
   * oauth: { appId: '1234', keyId: 'kid', privateKey: process.env.COZE_PRIVATE_KEY, apiBaseUrl: 'https://api.coze.cn' }
   */
  readonly oauth: CozeApp & CozeKey;
  /**
   * Lifetime of a token in seconds, 900 to 86399. Coze cannot revoke a single token, so a stolen token is valid for this time.
   *
   * @default 3600
   */
  readonly durationSeconds?: number;
  /**
   * Gives a visitor the same token until half of its lifetime is over. Up to 10,000 tokens are kept in memory.
   *
   * @default false
   */
  readonly tokenCache?: boolean;
}

/** Exactly one of `identify` and `trustClientIdentity`. `Context` is what the server passes with the request: bindings, the socket, a session. */
export type IdentityOptions<Context> =
  | {
      /**
       * Returns who sent the request, from a session or a proof. `null` means that nobody is signed in: the response is 401.
       *
       * @example
       * identify: async (request) => {
       *   const user = await findUserOfSession(request.headers.get('cookie'));
       *   return user === null ? null : { id: user.id };
       * }
       */
      readonly identify: Identify<Context>;
      readonly trustClientIdentity?: never;
    }
  | {
      /** Accepts any `user_id` that the browser sends. Only for closed demonstrations: anybody can read anybody's chat. */
      readonly trustClientIdentity: true;
      readonly identify?: never;
    };

/** Options of `createTokenEndpoint`: the app, its tokens, and who the visitors are. */
export type TokenEndpointOptions<Context = unknown> = TokenOptions & VisitorOptions<Context> & IdentityOptions<Context>;

/** {@link VisitorOptions} with every default filled in and every text parsed. */
export interface VisitorSettings {
  readonly identify: Identify;
  readonly requireTenant: boolean;
  readonly trustClientIdentity: boolean;
  readonly sessionName: SessionNameRule;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly rateLimit: RateLimitOptions | false;
  readonly onEvent: (event: OperatorEvent) => void;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Options with every default filled in and every text parsed. */
export interface TokenEndpointSettings extends VisitorSettings {
  readonly oauth: OAuthAppData;
  readonly durationSeconds: number;
  readonly tokenCache: boolean;
}

export const ruleSchema = z.strictObject({ requests: z.number().int().positive(), perSeconds: z.number().int().positive() });

const rateLimitSchema = z.strictObject({
  perSubject: ruleSchema.optional(),
  perAddress: ruleSchema.optional(),
  newVisitors: ruleSchema.optional(),
  clientAddress: callbackSchema<NonNullable<RateLimitOptions['clientAddress']>>().optional(),
  store: callbackSchema<NonNullable<RateLimitOptions['store']>>().optional(),
});

export const visitorFields = {
  identify: callbackSchema<Identify>().optional(),
  trustClientIdentity: z.boolean().default(false),
  namespace: z.string().default(''),
  requireTenant: z.boolean().default(false),
  sessionName: callbackSchema<SessionNameRule>().optional(),
  allowedOrigins: z.array(parsedTextSchema(parseOrigin)).default([]),
  rateLimit: z.union([z.literal(false), rateLimitSchema]).default({}),
  onEvent: callbackSchema<(event: OperatorEvent) => void>().default(() => logToConsole),
  fetch: callbackSchema<typeof globalThis.fetch>().optional(),
  now: callbackSchema<() => number>().default(() => () => Date.now()),
  randomBytes: callbackSchema<(length: number) => Uint8Array>().default(
    () => (length: number) => crypto.getRandomValues(new Uint8Array(length)),
  ),
};

/** The issue when {@link hasOneIdentity} is false. */
export const ONE_IDENTITY = {
  message: 'give either "identify" (who is signed in, from your own session) or "trustClientIdentity: true", not both',
};

type VisitorFields = z.output<z.ZodObject<typeof visitorFields>>;
/** Options whose parsed form differs from the given one. */
type Parsed = 'identify' | 'allowedOrigins' | 'namespace' | 'sessionName' | 'fetch' | 'now' | 'randomBytes';

const optionsSchema = z
  .strictObject({
    ...visitorFields,
    oauth: oauthAppSchema,
    durationSeconds: z.number().int().min(900).max(86_399).default(3600),
    tokenCache: z.boolean().default(false),
  })
  .refine(hasOneIdentity, ONE_IDENTITY);

/**
 * @param options as the host gives them
 * @param name of the function that takes them
 * @throws ServerConfigurationError, naming every option that is wrong; no value is in the message
 */
export function parseOptions(options: TokenEndpointOptions, name = 'createTokenEndpoint'): TokenEndpointSettings {
  return parseVisitorOptions(optionsSchema, options, name);
}

/**
 * Parses options that include those of {@link VisitorOptions}.
 *
 * @param schema of all options
 * @param options as the host gives them
 * @param name of the function that takes them
 * @throws ServerConfigurationError, naming every option that is wrong; no value is in the message
 */
export function parseVisitorOptions<Fields extends VisitorFields>(
  schema: z.ZodType<Fields>,
  options: object,
  name: string,
): Omit<Fields, Parsed> & Pick<VisitorSettings, Exclude<Parsed, 'namespace'>> {
  const result = safeParseOwn(schema, ownOptions(options));
  if (!result.success) throw new ServerConfigurationError(`${name}: ${describe(result.error)}`);
  const { identify, allowedOrigins, namespace, sessionName, fetch, now, randomBytes, ...rest } = result.data;
  return ownOptions({
    ...rest,
    identify: identify ?? trustClient,
    sessionName: sessionName ?? hashedSessionName(namespace),
    allowedOrigins: new Set(allowedOrigins),
    // Read at each call, because a host or a test may replace the global.
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: checkedClock(now),
    randomBytes: checkedRandomBytes(randomBytes),
  });
}

export function hasOneIdentity(fields: VisitorFields): boolean {
  const { identify, trustClientIdentity } = ownOptions(fields);
  return (identify === undefined) === trustClientIdentity;
}

function describe({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
}
