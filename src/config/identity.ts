/**
 * A table of the properties that decide whose conversation a chat shows. It determines which changes remove a chat, whether two identities
 * are equal, which properties are missing, and which chats share the site's cookie session.
 */

/** Property values as a page sets them, or as validated by {@link parseConfig}. */
export interface IdentityInput {
  /** Replaces a missing `tokenEndpoint`: the token endpoint is then below this URL. */
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
  /** Returns the value to compare, if it is not the property itself. */
  readonly compared?: (input: IdentityInput) => unknown;
  /** Whether a chat cannot start without this property. */
  readonly isRequired?: (input: IdentityInput) => boolean;
  /** Whether this value identifies the visitor instead of the site's cookies. */
  readonly replacesCookies?: (value: unknown) => boolean;
  /** Whether this value alone decides the identity, so that the backend names another visitor only when it changes. */
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
  // Functions are not compared, because frameworks create a new one at every render. The subject of their tokens shows a change.
  getToken: { compared: ({ getToken }) => !getToken, replacesCookies: Boolean },
  credentials: { replacesCookies: (value) => value === 'omit', decidesAlone: (value) => value === 'omit' },
  userId: {},
  // For a named visitor a renewed token proves the same identity; without a name the token is the identity.
  identityToken: { compared: ({ identityToken, userId }) => !userId && identityToken, replacesCookies: Boolean, decidesAlone: Boolean },
  apiBaseUrl: {},
  connectorId: {},
};

const PARTS = Object.entries(IDENTITY_PARTS) as readonly [keyof IdentityInput, IdentityPart][];

export function isIdentityProperty(name: PropertyKey): boolean {
  return Object.hasOwn(IDENTITY_PARTS, name);
}

/**
 * Returns equal keys for equal identities. `''`, `null` and `undefined` all count as absent. For a value without JSON, such as a bigint or a
 * circular object, the key is `NaN`, which does not even equal itself.
 */
export function identityKey(input: IdentityInput): string | number {
  try {
    return JSON.stringify(PARTS.map(([name, { compared }]) => (compared ? compared(input) : input[name]) || 0));
  } catch {
    return NaN;
  }
}

/** Returns the first required property that is missing. */
export function missingProperty(input: IdentityInput): keyof IdentityInput | undefined {
  return PARTS.find(([name, { isRequired }]) => !input[name] && isRequired?.(input))?.[0];
}

/**
 * Returns the key for cross-tab sync: chats with the same endpoint share the host's cookie session. `undefined` if the identity does not come
 * from a cookie: with `getToken`, an identity token, or without credentials. `endpoint` is absolute, so that equal endpoints have equal keys.
 */
export function cookieSessionKey(input: IdentityInput, endpoint = String(input.tokenEndpoint)): string | undefined {
  return PARTS.some(([name, { replacesCookies }]) => replacesCookies?.(input[name])) ? undefined : endpoint;
}

/** Whether the backend may name another visitor although no property has changed: through its cookie session, or through the result of `getToken`. */
export function isVerifiable(input: IdentityInput): boolean {
  return !!input.getToken || !PARTS.some(([name, { decidesAlone }]) => decidesAlone?.(input[name]));
}
