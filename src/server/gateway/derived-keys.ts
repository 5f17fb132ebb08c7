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
  const [id, tokens, fileIds] = await Promise.all([derive('key-id', ID_BITS), derive('tokens', KEY_BITS), derive('file-ids', KEY_BITS)]);
  const hmac = ownOptions({ name: 'HMAC', hash: 'SHA-256' });
  return { id: base64url.encode(id), tokens, fileIds: await crypto.subtle.importKey('raw', fileIds, hmac, false, ['sign']) };
}

/** The first one makes, each one is accepted. */
export type GatewayKeys = readonly [GatewayKey, ...GatewayKey[]];

/** Derives them once, when they are first needed or when the server starts. */
export function lazyKeys([secret, ...others]: readonly [Uint8Array, ...Uint8Array[]]): () => Promise<GatewayKeys> {
  let derived: Promise<GatewayKeys> | undefined;
  return () => (derived ??= Promise.all([deriveKey(secret), ...others.map(deriveKey)]) as Promise<GatewayKeys>);
}
