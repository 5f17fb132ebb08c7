/** The two ways in which a key of the OAuth app signs: in this process, or where it cannot be exported from (a KMS, an HSM). */
import { base64url, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { ownMembers } from '../../core/values/own-members.js';
import { importSigningKey, type PrivateKeyDer } from './private-key.js';

/**
 * Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RS256, RFC 7518 section 3.3) where the key is kept, and resolves to the bare signature. AWS KMS
 * calls it `RSASSA_PKCS1_V1_5_SHA_256` with message type `RAW`, Google Cloud KMS `RSA_SIGN_PKCS1_2048_SHA256`.
 *
 * @param bytes the signing input, not its digest
 */
export type SignBytes = (bytes: Uint8Array) => Promise<Uint8Array>;

/** A key as the options describe it. */
export type SigningKeyData =
  { readonly keyId: string; readonly privateKey: PrivateKeyDer } | { readonly keyId: string; readonly sign: SignBytes };

/** A key that Coze identifies by its fingerprint. */
export interface SigningKey {
  readonly keyId: string;
  /** Resolves when the key can sign; rejects with a `ServerConfigurationError`. */
  readonly load: () => Promise<void>;
  /** Resolves to the compact serialisation (RFC 7515 section 3.1). */
  readonly sign: (header: JWTHeaderParameters, payload: JWTPayload) => Promise<string>;
}

/** The length of a signature by an RSA key of 2048 bits. */
const MIN_SIGNATURE_BYTES = 256;

export function createSigningKey(key: SigningKeyData): SigningKey {
  const own = ownMembers(key);
  return 'sign' in own ? createRemoteKey(own.keyId, own.sign) : createLocalKey(own.keyId, own.privateKey);
}

function createLocalKey(keyId: string, der: PrivateKeyDer): SigningKey {
  const imported = once(() => importSigningKey(der));
  return {
    keyId,
    load: async () => void (await imported()),
    sign: (header, payload) =>
      serialize(
        header,
        payload,
        async (bytes) => new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', await imported(), new Uint8Array(bytes))),
      ),
  };
}

function createRemoteKey(keyId: string, signBytes: SignBytes): SigningKey {
  return {
    keyId,
    load: () => Promise.resolve(),
    sign: (header, payload) => serialize(header, payload, signBytes),
  };
}

async function serialize(header: JWTHeaderParameters, payload: JWTPayload, signBytes: SignBytes): Promise<string> {
  const signingInput = `${encode(header)}.${encode(payload)}`;
  const signature = await signBytes(new TextEncoder().encode(signingInput));
  if (!(signature instanceof Uint8Array) || signature.byteLength < MIN_SIGNATURE_BYTES) throw new TypeError('Not an RSA signature');
  return `${signingInput}.${base64url.encode(signature)}`;
}

function encode(part: object): string {
  return base64url.encode(JSON.stringify(part));
}

/** Shares the promise among all callers, unless it rejects: the next caller then tries again. */
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
