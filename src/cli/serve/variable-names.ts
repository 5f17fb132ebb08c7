/**
 * Rewrites messages of the server part about its options: names the environment variables instead, because an operator of `serve` has set only those.
 */
import { EndpointWarning, type WarningEvent } from '../../server/reporting/operator-event.js';
import type { VariableName } from './settings.js';

/** Variables by the option with whose name a message begins. */
const VARIABLES_BY_OPTION: Readonly<Record<string, VariableName>> = {
  path: 'COZE_CHAT_PATH',
  allowedOrigins: 'ALLOWED_ORIGINS',
  namespace: 'NAMESPACE',
  tokenCache: 'TOKEN_CACHE',
  secret: 'IDENTITY_SECRET',
  jwks: 'IDENTITY_JWKS_URL',
  audience: 'IDENTITY_AUDIENCE',
  issuer: 'IDENTITY_ISSUER',
  tenantClaim: 'IDENTITY_TENANT_CLAIM',
  cookieSecret: 'VISITOR_COOKIE_SECRET',
};

/** Fields of `coze_oauth_config.json`. */
const FIELDS_BY_OPTION: Readonly<Record<string, string>> = {
  appId: 'client_id',
  keyId: 'public_key_id',
  privateKey: 'private_key',
  apiBaseUrl: 'coze_api_base',
};

/**
 * Rewrites the message of a `ServerConfigurationError`.
 *
 * @param configSource the variable or option that names the OAuth app's file
 */
export function nameVariables(message: string, configSource: string): string {
  const [, caller = '', rest = message] =
    /^((?:createCozeChat|createTokenEndpoint|verifyIdentityToken|anonymousVisitor): )?(.*)$/s.exec(message) ?? [];
  if (caller === 'createCozeChat: ' && rest.includes("the package's files")) return FILES_MISSING;
  return rest
    .replace(/(^|; )([a-z]+)(?:\.(\w+))?: /gi, (found, start: string, option: string, member: string | undefined) => {
      if (option === 'oauth') return `${start}${configSource}: ${member === undefined ? '' : `${FIELDS_BY_OPTION[member] ?? member}: `}`;
      const variable = Object.hasOwn(VARIABLES_BY_OPTION, option) ? VARIABLES_BY_OPTION[option] : undefined;
      if (variable === undefined) return found;
      return `${start}${variable}${member === undefined ? '' : ` (entry ${Number(member) + 1})`}: `;
    })
    .replace('an https URL or a key set', 'an https URL');
}

const FILES_MISSING = "The package's files are not beside this program. Install coze-chat-embed anew.";

export function describeWarning({ code, message }: WarningEvent): string {
  return WORDINGS[code](message);
}

/** One for each code, so that a new warning cannot be forgotten. */
const WORDINGS: Readonly<Record<EndpointWarning, (message: string) => string>> = {
  [EndpointWarning.OriginRefused]: (message) => message.replace(/give allowedOrigins: \['([^']*)'\]/, 'add $1 to ALLOWED_ORIGINS'),
  [EndpointWarning.ClientAddressMissing]: () =>
    'Visitors without a cookie get a new one, and CLIENT_ADDRESS_HEADER is missing: whoever asks without cookies again and again keeps all new visitors out. Name the header in which your proxy puts the address of the client.',
  [EndpointWarning.ClientAddressInvalid]: () =>
    'The header of CLIENT_ADDRESS_HEADER does not hold one IP address, so addresses are not counted. Let your proxy put only the address that it sees into a header of its own.',
  [EndpointWarning.NewVisitorsLimited]: () =>
    'New visitors are told to wait: too many come within a minute. If they are not real, CLIENT_ADDRESS_HEADER leaves one address only a quarter of the places.',
  [EndpointWarning.RateLimitStoreFailed]: () =>
    'The Redis of REDIS_URL fails. Until it works again every instance counts in its own memory.',
  [EndpointWarning.UserIdMismatch]: () =>
    'A page claims another user_id than its identity token or its cookie says, and was refused. If that is nobody who signs in or out just now: give user-id of <coze-chat> the id of the identity token, as the same text, or leave it out.',
  [EndpointWarning.NobodySignedIn]: () =>
    'A page asked without an identity token, so that its visitor reads that they are signed out. If they are signed in: give <coze-chat> the identity-token of your backend.',
  [EndpointWarning.BodyLost]: () =>
    'A request announced a body of which nothing is left, and was refused: something in front has read it. Let your proxy pass bodies on as they are.',
  [EndpointWarning.CookieNotKept]: () =>
    'A page on plain http was given a Secure cookie, which browsers drop there: each of its requests is a new visitor without a history. Use https; for development, serve with --stand-in, or with --config and --bot-id.',
  [EndpointWarning.PathUnknown]: () => 'A request came that is not below COZE_CHAT_PATH.',
  [EndpointWarning.FilesUnavailable]: () => FILES_MISSING,
  [EndpointWarning.FileChanged]: unchanged,
  [EndpointWarning.ClockCorrected]: unchanged,
  // Warnings about options that have no variable.
  [EndpointWarning.ClientIdentityTrusted]: unchanged,
  [EndpointWarning.FallbackKeyUsed]: unchanged,
  [EndpointWarning.TokenStoreFailed]: unchanged,
};

function unchanged(message: string): string {
  return message;
}
