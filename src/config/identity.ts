/**
 * Whose conversation a chat shows, in one table: from it come the properties whose change tears a chat down, the comparison of two
 * identities, the check for what is missing, and the key of chats that share the site's cookie session.
 */

/** Property values as a page sets them, or as {@link parseConfig} has checked them. */
export interface IdentityInput {
  /** In place of the token endpoint, which is below it. */
  readonly mount?: unknown;
  readonly tokenEndpoint?: unknown;
  readonly getToken?: unknown;
  readonly credentials?: unknown;
  readonly botId?: unknown;
  readonly appId?: unknown;
  readonly workflowId?: unknown;
  readonly userId?: unknown;
  readonly identityToken?: unknown;
  readonly apiBaseUrl?: unknown;
  readonly connectorId?: unknown;
}

interface IdentityPart {
  /** What is compared, where that is not the value itself. */
  readonly compared?: (input: IdentityInput) => unknown;
  /** Whether a chat cannot start without it. */
  readonly isRequired?: (input: IdentityInput) => boolean;
  /** Whether this value says who the visitor is in place of the site's cookies. */
  readonly replacesCookies?: (value: unknown) => boolean;
  /** Whether this value decides alone, so that the backend names another visitor only when it changes. */
  readonly decidesAlone?: (value: unknown) => boolean;
}

const IDENTITY_PARTS: Readonly<Record<keyof IdentityInput, IdentityPart>> = {
  botId: { isRequired: ({ appId, workflowId }) => !appId && !workflowId },
  appId: {},
  workflowId: {},
  tokenEndpoint: {
    compared: ({ getToken, tokenEndpoint }) => !getToken && tokenEndpoint,
    isRequired: ({ getToken, mount }) => !getToken && !mount,
  },
  mount: {},
  // One function is as good as another: frameworks make a new one at every render. Its tokens tell whose they are.
  getToken: { compared: ({ getToken }) => !getToken, replacesCookies: Boolean },
  credentials: { replacesCookies: (value) => value === 'omit', decidesAlone: (value) => value === 'omit' },
  userId: {},
  // A renewed token proves the same named visitor; without a name the token is all there is.
  identityToken: { compared: ({ identityToken, userId }) => !userId && identityToken, replacesCookies: Boolean, decidesAlone: Boolean },
  apiBaseUrl: {},
  connectorId: {},
};

const PARTS = Object.entries(IDENTITY_PARTS) as readonly [keyof IdentityInput, IdentityPart][];

export function isIdentityProperty(name: PropertyKey): boolean {
  return Object.hasOwn(IDENTITY_PARTS, name);
}

/**
 * Equal for equal identities. An absent value is absent, whether a framework says `''`, `null` or `undefined`. What has no JSON, such as a bigint
 * or an object with a way back to itself, is nobody's: not even equal to itself.
 */
export function identityKey(input: IdentityInput): string | number {
  try {
    return JSON.stringify(PARTS.map(([name, { compared }]) => (compared ? compared(input) : input[name]) || 0));
  } catch {
    return NaN;
  }
}

/** The first property that a chat cannot start without. */
export function missingProperty(input: IdentityInput): keyof IdentityInput | undefined {
  return PARTS.find(([name, { isRequired }]) => !input[name] && isRequired?.(input))?.[0];
}

/**
 * Key for cross-tab sync: chats on the same endpoint share the host's cookie session. `undefined` if identity does not come from a
 * cookie: with `getToken`, an identity token, or without credentials. `endpoint` is absolute, so that it is one key for all who mean the same.
 */
export function cookieSessionKey(input: IdentityInput, endpoint = String(input.tokenEndpoint)): string | undefined {
  return PARTS.some(([name, { replacesCookies }]) => replacesCookies?.(input[name])) ? undefined : endpoint;
}

/** Whether the backend may name another visitor although nothing here has changed: by its cookie session, or by what `getToken` does. */
export function isVerifiable(input: IdentityInput): boolean {
  return !!input.getToken || !PARTS.some(([name, { decidesAlone }]) => decidesAlone?.(input[name]));
}
