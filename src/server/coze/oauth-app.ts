/** The OAuth app that signs for the visitors: the host's options, and the object that can sign. */
import { KeyRing } from '../crypto/key-ring.js';
import { createSigningKey, type SignBytes } from '../crypto/signing-key.js';
import type { OAuthAppData } from './oauth-app-schema.js';

/** A key pair of the app, its private half as text. */
export interface PemKey {
  /** `public_key_id` in Coze's console: the fingerprint of the public key. It becomes `kid` of the assertion. */
  readonly keyId: string;
  /** PEM, PKCS#8 or PKCS#1, RSA of 2048 bits or more. Quotes around it, a byte order mark and written-out `\n` are undone. */
  readonly privateKey: string;
  readonly sign?: never;
}

/** A key pair of the app whose private half stays in a KMS or an HSM. */
export interface RemoteKey {
  /** `public_key_id` in Coze's console: the fingerprint of the public key. It becomes `kid` of the assertion. */
  readonly keyId: string;
  /** Signs with RS256 where the key is kept. */
  readonly sign: SignBytes;
  readonly privateKey?: never;
}

/** A key pair of the app. */
export type CozeKey = PemKey | RemoteKey;

/** An OAuth app of the type "service app". */
export interface CozeApp {
  /** `client_id` in Coze's console; `iss` of the assertion. */
  readonly appId: string;
  /**
   * URL of the API, https unless it is on this machine. An app exists in one region only.
   *
   * @example 'https://api.coze.cn'
   */
  readonly apiBaseUrl: string;
  /**
   * `aud` of the assertion.
   *
   * @default the host of `apiBaseUrl`
   */
  readonly audience?: string;
  /**
   * A second key pair while keys are rotated: tried when Coze rejects the first, and kept if Coze accepts it. So the new pair can be given
   * here before the old one is deleted in the console, and no request fails in between.
   */
  readonly fallbackKey?: CozeKey;
  /** For a token of this organisation or personal account, when the app has been authorised by several. Excludes `enterpriseId`. */
  readonly accountId?: string;
  /** For a token of this enterprise. Excludes `accountId`. */
  readonly enterpriseId?: string;
  /**
   * Ids of the bots that the tokens may chat with. Coze heeds it for channel apps only.
   *
   * @default [] every bot that the app may use
   */
  readonly botIds?: readonly string[];
}

/** An app with its private key as text, as `fromCozeOAuthConfig` returns it. */
export type CozeOAuthApp = CozeApp & PemKey;

/** An app that can sign, with the URL to which it sends the assertion. */
export interface ResolvedApp {
  readonly appId: string;
  readonly audience: string;
  readonly tokenUrl: string;
  readonly botIds: readonly string[];
  readonly keys: KeyRing;
}

export function createOAuthApp({ appId, audience, tokenUrl, botIds, key, fallbackKey }: OAuthAppData): ResolvedApp {
  const others = fallbackKey === undefined ? [] : [createSigningKey(fallbackKey)];
  return { appId, audience, tokenUrl, botIds, keys: new KeyRing(createSigningKey(key), ...others) };
}
