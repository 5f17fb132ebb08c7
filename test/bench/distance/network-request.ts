/** A request as the browser has sent it, in milliseconds from whatever a visitor has begun with. */

export type RequestKind = 'document' | 'code' | 'token' | 'preflight' | 'API' | 'picture';

export interface NetworkRequest {
  readonly kind: RequestKind;
  readonly name: string;
  /** When the page asked for it; before `sentMs` it waited for a connection, or for its preflight. */
  readonly askedMs: number;
  readonly sentMs: number;
  /** When all of the response was there; `Infinity` for one that was still coming. */
  readonly endMs: number;
  /** Over the wire, headers included. */
  readonly bytes: number;
}
