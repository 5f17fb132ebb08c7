/** The sidecar's configuration from environment variables, as is usual for containers. No message repeats a value. */
import { z } from 'zod';
import { fail, type Result, succeed } from '../../core/result.js';
import { ServerConfigurationError } from '../../server/config/configuration-error.js';
import { explainUnreadFile, HOW_TO_GET_CONFIG, isMissingFile } from '../../server/config/unread-file.js';
import type { CozeOAuthApp } from '../../server/coze/oauth-app.js';
import { parseCozeOAuthConfig } from '../../server/coze/oauth-config.js';

/** Descriptions of the variables, for `--help` and for error messages. */
export const VARIABLES = {
  COZE_OAUTH_CONFIG: 'coze_oauth_config.json, its path or its content; required',
  IDENTITY_SECRET: 'the secret with which your site signs identity tokens (HS256), at least 32 bytes',
  IDENTITY_JWKS_URL: 'or the https URL of its public keys (RS256, ES256, EdDSA)',
  IDENTITY_AUDIENCE: 'the "aud" of identity tokens; required with either',
  IDENTITY_ISSUER: 'their "iss", if they must have a certain one',
  IDENTITY_TENANT_CLAIM: 'the claim that names the tenant, if there are several',
  VISITOR_COOKIE_SECRET: 'gives each browser without an identity token its own history; at least 32 bytes',
  ALLOWED_ORIGINS: 'other origins whose pages may use the server, separated by spaces',
  COZE_CHAT_PATH: 'the path below which the server answers; the default is /coze',
  CLIENT_ADDRESS_HEADER: "the header that contains the client's address, which only your proxy can set",
  NAMESPACE: 'separates the histories of several sites that share one OAuth app',
  TOKEN_CACHE: 'true: a visitor gets the same token until half of its lifetime is over',
  REDIS_URL: 'a Redis in which several instances count requests together',
  HOST: '127.0.0.1 unless given; 0.0.0.0 in a container',
  PORT: '8080 unless given',
} as const;

/** The port of the page for development, without --port. */
export const DEVELOPMENT_PORT = 3000;

export type VariableName = keyof typeof VARIABLES;
export type Environment = Readonly<Partial<Record<string, string>>>;

export interface ServeSettings {
  readonly oauth: CozeOAuthApp;
  readonly identity: IdentitySettings | undefined;
  readonly visitorCookieSecret: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly path: string;
  readonly clientAddressHeader: string | undefined;
  readonly namespace: string;
  readonly tokenCache: boolean;
  readonly redisUrl: string | undefined;
  readonly host: string;
  readonly port: number;
}

export interface IdentitySettings {
  /** Exactly one of the two is set. */
  readonly secret: string | undefined;
  readonly jwks: string | undefined;
  readonly audience: string;
  readonly issuer: string | undefined;
  readonly tenantClaim: string | undefined;
}

const variablesSchema = z.object({
  COZE_OAUTH_CONFIG: z.string('is missing'),
  IDENTITY_SECRET: z.string().optional(),
  IDENTITY_JWKS_URL: z.string().optional(),
  IDENTITY_AUDIENCE: z.string().optional(),
  IDENTITY_ISSUER: z.string().optional(),
  IDENTITY_TENANT_CLAIM: z.string().optional(),
  VISITOR_COOKIE_SECRET: z.string().optional(),
  ALLOWED_ORIGINS: z.string().default(''),
  COZE_CHAT_PATH: z.string().default('/coze'),
  CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[\w-]+$/, 'must be the name of a header')
    .optional(),
  NAMESPACE: z.string().default(''),
  TOKEN_CACHE: z.enum(['true', 'false'], 'must be true or false').default('false'),
  REDIS_URL: z
    .string()
    .regex(/^(?:rediss?:\/\/|\/)/, 'must be redis://…, rediss://… or the path of a socket')
    .refine(isRedisAddress, 'is not a valid URL; in its password, a % is written as %25, and a / as %2F')
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  // `Number()` alone would also accept blanks, as 0, which means any free port.
  PORT: z
    .string()
    .regex(/^\s*\d{1,5}\s*$/, 'must be a port')
    .default('8080')
    .transform(Number)
    .pipe(z.int().max(65_535, 'must be a port')),
});

/** Whether the Redis client can parse `text`. Its own error does not name the cause. */
function isRedisAddress(text: string): boolean {
  if (text.startsWith('/')) return true;
  try {
    const { username, password } = new URL(text);
    decodeURIComponent(`${username}${password}`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Matches quotation marks, which Docker reads from its `--env-file` as a part of the value, and the carriage return that a shell reads from a file
 * with the line ends of Windows.
 */
const MISREAD = /^(["']).*\1$|\r$/s;
const MISREAD_ADVICE =
  'has quotation marks around its value, or a carriage return after it. They are part of the value here: leave them out.';

/**
 * @param environment the variables
 * @param readText throws the system's error
 * @param configSource the variable or option that names the OAuth app's file
 * @returns the settings, or a sentence for each variable that is wrong
 */
export function parseEnvironment(
  environment: Environment,
  readText: (path: string) => string,
  configSource = 'COZE_OAUTH_CONFIG',
): Result<ServeSettings, string> {
  // An empty variable counts as absent.
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const misread = Object.keys(VARIABLES).filter((name) => MISREAD.test(present[name] ?? ''));
  if (misread.length > 0) return fail(misread.map((name) => `${name} ${MISREAD_ADVICE}`).join('\n'));
  const parsed = variablesSchema.safeParse(present);
  if (!parsed.success) return fail(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join('\n'));
  const variables = parsed.data;
  const oauth = parseOAuthConfig(variables.COZE_OAUTH_CONFIG, readText, configSource);
  if (!oauth.ok) return oauth;
  const identity = parseIdentity(variables);
  if (!identity.ok) return identity;
  if (identity.value === undefined && variables.VISITOR_COOKIE_SECRET === undefined) {
    return fail('Nothing says who a visitor is. Give IDENTITY_SECRET or IDENTITY_JWKS_URL, VISITOR_COOKIE_SECRET, or both kinds.');
  }
  return succeed({
    oauth: oauth.value,
    identity: identity.value,
    visitorCookieSecret: variables.VISITOR_COOKIE_SECRET,
    allowedOrigins: variables.ALLOWED_ORIGINS.split(/\s+/).filter((origin) => origin !== ''),
    path: variables.COZE_CHAT_PATH,
    clientAddressHeader: variables.CLIENT_ADDRESS_HEADER,
    namespace: variables.NAMESPACE,
    tokenCache: variables.TOKEN_CACHE === 'true',
    redisUrl: variables.REDIS_URL,
    host: variables.HOST,
    port: variables.PORT,
  });
}

type Variables = z.infer<typeof variablesSchema>;

function parseIdentity(variables: Variables): Result<IdentitySettings | undefined, string> {
  const { IDENTITY_SECRET: secret, IDENTITY_JWKS_URL: jwks, IDENTITY_AUDIENCE: audience } = variables;
  if (secret === undefined && jwks === undefined) return succeed(undefined);
  if (secret !== undefined && jwks !== undefined) return fail('Give IDENTITY_SECRET or IDENTITY_JWKS_URL, not both.');
  if (audience === undefined) return fail('IDENTITY_AUDIENCE is missing: the "aud" that your identity tokens carry.');
  return succeed({ secret, jwks, audience, issuer: variables.IDENTITY_ISSUER, tenantClaim: variables.IDENTITY_TENANT_CLAIM });
}

function parseOAuthConfig(text: string, readText: (path: string) => string, source: string): Result<CozeOAuthApp, string> {
  try {
    return succeed(parseCozeOAuthConfig(text.trimStart().startsWith('{') ? text : readText(text)));
  } catch (error) {
    const reason = error instanceof ServerConfigurationError ? error.message.replace(/\.$/, '') : explainUnreadFile(text, error);
    return fail([`${source}: ${reason}.`, ...(isMissingFile(text, error) ? [HOW_TO_GET_CONFIG] : [])].join(' '));
  }
}
