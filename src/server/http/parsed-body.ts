/** Finds the body of a request that a middleware before the endpoint has already read, such as `express.json()`. */
import { getMember, isObject } from '../../core/values/own-members.js';

/** Whether the request has a body (RFC 9112 section 6.3). */
export function announcesBody({ headers }: Request): boolean {
  return Number(headers.get('content-length')) > 0 || headers.has('transfer-encoding');
}

/**
 * Returns the body that a middleware has parsed, as JSON; `undefined` if there is none.
 *
 * @param context what the server passed with the request: Node's or a framework's request, or an object that has it as `incoming`
 */
export function findParsedBody(context: unknown): string | undefined {
  const incoming = isObject(context) ? (getMember(context, 'incoming') ?? context) : undefined;
  const body = isObject(incoming) ? getMember(incoming, 'body') : undefined;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return isObject(body) ? JSON.stringify(body) : undefined;
}
