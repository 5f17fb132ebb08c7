/** The keys that the gateway makes of the site's secret: each for one purpose, so that none can stand in for another (RFC 5869). */
import { base64url } from 'jose';
import { ownOptions } from '../../core/values/own-members.js';

export interface GatewayKey {
  /** Tells two secrets apart while they are rotated; says nothing about either. */
  readonly id: string;
  /** Encrypts tokens (A256GCM). */
  readonly tokens: Uint8Array;
  /** Authenticates the ids of files (HMAC with SHA-256). */
  readonly fileIds: CryptoKey;
  /** Encrypts Coze's tokens where instances share them (A256GCM). */
  readonly cozeTokens: Uint8Array;
  /** Names them there (HMAC with SHA-256). */
  readonly cozeTokenNames: CryptoKey;
}

const KEY_BITS = 256;
const ID_BITS = 64;

export async function deriveKey(secret: Uint8Array): Promise<GatewayKey> {
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

/** The first one makes, each one is accepted. */
export type GatewayKeys = readonly [GatewayKey, ...GatewayKey[]];

/** Derives them once, when they are first needed or when the server starts. */
export function lazyKeys([secret, ...others]: readonly [Uint8Array, ...Uint8Array[]]): () => Promise<GatewayKeys> {
  let derived: Promise<GatewayKeys> | undefined;
  return () => (derived ??= Promise.all([deriveKey(secret), ...others.map(deriveKey)]) as Promise<GatewayKeys>);
}
