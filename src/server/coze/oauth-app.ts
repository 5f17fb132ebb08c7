/** The OAuth app that signs for the visitors: what a host says about it, and the check. */
import { z } from 'zod';
import { callbackSchema, parsedTextSchema, requiredTextSchema } from '../config/schema.js';
import { KeyRing } from '../crypto/key-ring.js';
import { parsePrivateKey } from '../crypto/private-key.js';
import { type LoadableKey, localKey, remoteKey, type SignBytes } from '../crypto/signing-key.js';
import { parseApiBaseUrl } from './api-base-url.js';

/** A key pair of the app, its private half as text. */
export interface PemKey {
  /** `public_key_id` in the console: the fingerprint of the public key. */
  readonly keyId: string;
  /** PEM, PKCS#8 or PKCS#1, RSA of 2048 bits or more. Quotes, a byte order mark and written-out `\n` do no harm. */
  readonly privateKey: string;
  readonly sign?: never;
}

/** A key pair of the app whose private half stays in a KMS or an HSM. */
export interface RemoteKey {
  readonly keyId: string;
  readonly sign: SignBytes;
  readonly privateKey?: never;
}

export type CozeKey = PemKey | RemoteKey;

/** An OAuth app of the type "service app". */
export interface CozeApp {
  /** `client_id` in the console. */
  readonly appId: string;
  /** `https://api.coze.cn`, `https://api.coze.com`, or a stand-in. An app exists in one region only. */
  readonly apiBaseUrl: string;
  /** `aud` of the assertion; by default the host of `apiBaseUrl`. */
  readonly audience?: string;
  /**
   * A second key pair while keys are rotated: tried when Coze refuses the first, and kept if Coze accepts it. So the new pair can be given
   * here before the old one is deleted in the console, and nobody notices the moment in between.
   */
  readonly fallbackKey?: CozeKey;
  /** For a token of this organisation or personal account, when the app has been authorised by several. */
  readonly accountId?: string;
  /** For a token of this enterprise. */
  readonly enterpriseId?: string;
  /** Limits the tokens to chatting with these bots. Coze heeds it for channel apps. */
  readonly botIds?: readonly string[];
}

/** An app with its private key as text, as `fromCozeOAuthConfig` reads it. */
export type CozeOAuthApp = CozeApp & PemKey;

/** An app that can sign and knows where to send. */
export interface ResolvedApp {
  readonly appId: string;
  readonly audience: string;
  readonly tokenUrl: string;
  readonly botIds: readonly string[];
  readonly keys: KeyRing;
  /** Resolves when every key can sign. */
  readonly loadKeys: () => Promise<void>;
}

/** Goes into a path. */
const pathIdSchema = z.string().regex(/^[\w-]+$/, 'must be an id');

const keyFields = {
  keyId: requiredTextSchema,
  privateKey: parsedTextSchema(parsePrivateKey).optional(),
  sign: callbackSchema<SignBytes>().optional(),
};

type KeyFields = z.output<z.ZodObject<typeof keyFields>>;

function hasOneWayToSign({ privateKey, sign }: { readonly privateKey?: unknown; readonly sign?: unknown }): boolean {
  return (privateKey === undefined) !== (sign === undefined);
}
const oneWayToSign = {
  path: ['privateKey'],
  message: 'give either the text of the private key or "sign"; is the variable that holds it set?',
};

export const oauthAppSchema = z
  .strictObject({
    ...keyFields,
    appId: requiredTextSchema,
    apiBaseUrl: parsedTextSchema(parseApiBaseUrl),
    audience: requiredTextSchema.optional(),
    fallbackKey: z.strictObject(keyFields).refine(hasOneWayToSign, oneWayToSign).optional(),
    accountId: pathIdSchema.optional(),
    enterpriseId: pathIdSchema.optional(),
    botIds: z.array(requiredTextSchema).default([]),
  })
  .refine(hasOneWayToSign, oneWayToSign)
  .refine(({ accountId, enterpriseId }) => accountId === undefined || enterpriseId === undefined, {
    path: ['accountId'],
    message: 'give either accountId or enterpriseId',
  })
  .transform(({ appId, apiBaseUrl, audience, accountId, enterpriseId, botIds, fallbackKey, ...firstKey }): ResolvedApp => {
    const first = toKey(firstKey);
    const others = fallbackKey === undefined ? [] : [toKey(fallbackKey)];
    return {
      appId,
      audience: audience ?? apiBaseUrl.host,
      tokenUrl: `${apiBaseUrl.href.replace(/\/+$/, '')}/api/permission/oauth2/${tokenPathPrefix(accountId, enterpriseId)}token`,
      botIds,
      keys: new KeyRing(first, ...others),
      loadKeys: async () => void (await Promise.all([first, ...others].map(({ load }) => load()))),
    };
  });

function toKey({ keyId, privateKey, sign }: KeyFields): LoadableKey {
  if (privateKey !== undefined) return localKey(keyId, privateKey);
  if (sign !== undefined) return remoteKey(keyId, sign);
  throw new TypeError('The schema lets no key pass that cannot sign.');
}

/** Coze docs, "OAuth JWT": whose token it is goes into the path, not into the assertion. */
function tokenPathPrefix(accountId: string | undefined, enterpriseId: string | undefined): string {
  if (accountId !== undefined) return `account/${accountId}/`;
  if (enterpriseId !== undefined) return `enterprise_id/${enterpriseId}/`;
  return '';
}
