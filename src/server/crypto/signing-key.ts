/** The two ways a key can sign: here, or where it cannot be taken out (a KMS, an HSM). */
import { base64url, SignJWT } from 'jose';
import type { SigningKey } from './assertion.js';
import { importSigningKey, type PrivateKeyDer } from './private-key.js';

/**
 * Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RS256) where the key is, and resolves to the signature. AWS KMS calls it
 * `RSASSA_PKCS1_V1_5_SHA_256` with message type `RAW`, Google Cloud KMS `RSA_SIGN_PKCS1_2048_SHA256`.
 */
export type SignBytes = (bytes: Uint8Array) => Promise<Uint8Array>;

export interface LoadableKey extends SigningKey {
  /** Resolves when the key can sign; rejects with a `ServerConfigurationError`. */
  readonly load: () => Promise<void>;
}

/** The shortest signature of an RSA key of 2048 bits. */
const MIN_SIGNATURE_BYTES = 256;

/** A key held in this process, imported once. */
export function localKey(keyId: string, der: PrivateKeyDer): LoadableKey {
  const imported = once(() => importSigningKey(der));
  return {
    keyId,
    load: async () => void (await imported()),
    sign: async (header, payload) => new SignJWT({ ...payload }).setProtectedHeader({ ...header }).sign(await imported()),
  };
}

/** A key that only signs what it is given. */
export function remoteKey(keyId: string, signBytes: SignBytes): LoadableKey {
  return {
    keyId,
    load: () => Promise.resolve(),
    sign: async (header, payload) => {
      const signingInput = `${encode(header)}.${encode(payload)}`;
      const signature = await signBytes(new TextEncoder().encode(signingInput));
      if (!(signature instanceof Uint8Array) || signature.byteLength < MIN_SIGNATURE_BYTES) throw new TypeError('Not an RSA signature');
      return `${signingInput}.${base64url.encode(signature)}`;
    },
  };
}

function encode(part: object): string {
  return base64url.encode(JSON.stringify(part));
}

/** Remembers the promise, but not a failure: the next caller tries again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
