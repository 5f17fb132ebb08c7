/** Keys that the gateway derives from the site's secret, each for one purpose, so that none can replace another (RFC 5869). */
import { base64url } from 'jose';
import { ownOptions } from '../../core/values/own-members.js';

export interface GatewayKey {
  /** Distinguishes two secrets during a rotation; reveals neither. */
  readonly id: string;
  /** Encrypts gateway tokens (A256GCM). */
  readonly tokens: Uint8Array;
  /** Authenticates file ids (HMAC with SHA-256). */
  readonly fileIds: CryptoKey;
  /** Encrypts Coze's tokens in a shared store (A256GCM). */
  readonly cozeTokens: Uint8Array;
  /** Computes the names of Coze's tokens in the store (HMAC with SHA-256). */
  readonly cozeTokenNames: CryptoKey;
}

const KEY_BITS = 256;
const ID_BITS = 64;

async function deriveKey(secret: Uint8Array): Promise<GatewayKey> {
  const base = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits']);
  const derive = async (purpose: string, bits: number): Promise<Uint8Array<ArrayBuffer>> => {
    const info = new TextEncoder().encode(`coze-chat-embed/gateway/${purpose}`);
    return new Uint8Array(
      await crypto.subtle.deriveBits(ownOptions({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }), base, bits),
    );
  };
  const deriveHmac = async (purpose: string): Promise<CryptoKey> => {
    const hmac = ownOptions({ name: 'HMAC', hash: 'SHA-256' });
    return crypto.subtle.importKey('raw', await derive(purpose, KEY_BITS), hmac, false, ['sign']);
  };
  const [id, tokens, cozeTokens] = await Promise.all([
    derive('key-id', ID_BITS),
    derive('tokens', KEY_BITS),
    derive('coze-tokens', KEY_BITS),
  ]);
  const [fileIds, cozeTokenNames] = await Promise.all([deriveHmac('file-ids'), deriveHmac('coze-token-names')]);
  return { id: base64url.encode(id), tokens, fileIds, cozeTokens, cozeTokenNames };
}

/** The first key creates tokens and ids; all are accepted. */
export type GatewayKeys = readonly [GatewayKey, ...GatewayKey[]];

/** Derives the keys once, when first needed or when the server starts. */
export function lazyKeys([secret, ...others]: readonly [Uint8Array, ...Uint8Array[]]): () => Promise<GatewayKeys> {
  let derived: Promise<GatewayKeys> | undefined;
  return () => (derived ??= Promise.all([deriveKey(secret), ...others.map(deriveKey)]) as Promise<GatewayKeys>);
}
