import { createHash, createPublicKey, generateKeyPair, type KeyObject, randomInt } from 'node:crypto';
import { promisify } from 'node:util';

/** A service app as Coze knows it: the app's id and the public key of one of its key pairs. */
export interface OAuthAppKey {
  readonly appId: string;
  /** Fingerprint of the public key; the `kid` of assertions. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** The app, and the private key that only the caller gets. */
export interface OAuthApp {
  readonly key: OAuthAppKey;
  readonly privateKeyPem: string;
}

/** What has to be stored to restore an app at the next start. */
export interface OAuthAppCredentials {
  readonly appId: string;
  readonly privateKeyPem: string;
}

/** Creates a service app with a new key pair, as Coze's console does. Only the caller gets the private key, as PKCS #8. */
export async function createOAuthApp(): Promise<OAuthApp> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const appId = `11${randomInt(100_000_000, 1_000_000_000)}00`;
  return { key: toAppKey(appId, publicKey), privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** Restores an app from its id and its private key. */
export function restoreOAuthApp({ appId, privateKeyPem }: OAuthAppCredentials): OAuthApp {
  return { key: toAppKey(appId, createPublicKey(privateKeyPem)), privateKeyPem };
}

function toAppKey(appId: string, publicKey: KeyObject): OAuthAppKey {
  const fingerprint = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  return { appId, keyId: fingerprint, publicKey };
}
