/** The path below which a handler responds to several names. */
import { getMember, isObject } from '../../core/values/own-members.js';
import { ServerConfigurationError } from '../config/configuration-error.js';

/** @param name of the function that has the option */
export function parsePath(path: unknown = '/coze', name: string): string {
  if (typeof path !== 'string' || !/^\/[\w./~-]*$/.test(path) || /\/\.{0,2}\//.test(path)) {
    throw new ServerConfigurationError(`${name}: path: must be a path like "/coze"`);
  }
  return path.replace(/\/$/, '');
}

/**
 * Returns the rest of the URL's path after the prefix; `undefined` if the request is not below it. Frameworks add a slash at its end, such as Next
 * with `trailingSlash`, which is removed. They add none to the name of a file.
 */
export function findName(request: Request, context: unknown, prefix: string): string | undefined {
  const { pathname } = new URL(request.url);
  const start = isPathStripped(context, prefix) ? '/' : `${prefix}/`;
  return pathname.startsWith(start) ? pathname.slice(start.length).replace(/^([^.]*)\/$/, '$1') : undefined;
}

/**
 * Whether the framework has already removed the mount path from the URL. Express has that path in `baseUrl`; Connect (Vite) and middie (Nest with
 * Fastify) only keep the whole URL.
 */
function isPathStripped(context: unknown, prefix: string): boolean {
  const incoming = isObject(context) ? getMember(context, 'incoming') : undefined;
  if (!isObject(incoming)) return false;
  const [baseUrl, originalUrl, url] = ['baseUrl', 'originalUrl', 'url'].map((name) => String(getMember(incoming, name) ?? ''));
  return baseUrl !== '' || originalUrl?.endsWith(`${prefix}${url}`) === true;
}
