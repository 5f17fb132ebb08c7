/** A request that the browser has sent, in milliseconds since the start of the scenario. */

export type RequestKind = 'document' | 'code' | 'token' | 'preflight' | 'API' | 'picture';

export interface NetworkRequest {
  readonly kind: RequestKind;
  readonly name: string;
  /** When the page started the request; until `sentMs` it waited for a connection, or for its preflight. */
  readonly askedMs: number;
  readonly sentMs: number;
  /** When the response was complete; `Infinity` if it was still arriving. */
  readonly endMs: number;
  /** On the wire, including headers. */
  readonly bytes: number;
}
