import { createHash, generateKeyPair, type KeyObject, randomInt } from 'node:crypto';
import { promisify } from 'node:util';

/** A service app as Coze knows it: its id and the public half of one of its key pairs. */
export interface OAuthAppKey {
  readonly appId: string;
  /** Fingerprint of the public key; the `kid` of assertions. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** Makes a service app with a fresh key pair, as creating one in Coze's console does. The private half goes to the caller alone, as PKCS #8. */
export async function createOAuthApp(): Promise<{ readonly key: OAuthAppKey; readonly privateKeyPem: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const fingerprint = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  const appId = `11${randomInt(100_000_000, 1_000_000_000)}00`;
  return { key: { appId, keyId: fingerprint, publicKey }, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
