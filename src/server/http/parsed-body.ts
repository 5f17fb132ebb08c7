/** The body of a request that something before the endpoint has read, such as `express.json()`. */
import { getMember, isObject } from '../../core/values/own-members.js';

/** Whether a body was sent (RFC 9112 section 6.3). */
export function announcesBody({ headers }: Request): boolean {
  return Number(headers.get('content-length')) > 0 || headers.has('transfer-encoding');
}

/**
 * What a body parser has left of it, as JSON.
 *
 * @param context what the server gave the endpoint beside the request: Node's or a framework's request, or an object that has it as `incoming`
 */
export function findParsedBody(context: unknown): string | undefined {
  const incoming = isObject(context) ? (getMember(context, 'incoming') ?? context) : undefined;
  const body = isObject(incoming) ? getMember(incoming, 'body') : undefined;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return isObject(body) ? JSON.stringify(body) : undefined;
}
