/** Below which path a handler of several things answers. */
import { getMember, isObject } from '../../core/values/own-members.js';
import { ServerConfigurationError } from '../config/configuration-error.js';

/** @param name of the function whose option it is */
export function parsePath(path: unknown = '/coze', name: string): string {
  if (typeof path !== 'string' || !/^\/[\w./~-]*$/.test(path) || /\/\.{0,2}\//.test(path)) {
    throw new ServerConfigurationError(`${name}: path: must be a path like "/coze"`);
  }
  return path.replace(/\/$/, '');
}

/** What follows the path, as the URL parser writes it; `undefined` if the request is not below the path. */
export function findName(request: Request, context: unknown, prefix: string): string | undefined {
  const { pathname } = new URL(request.url);
  if (hasLeftPath(context)) return pathname.slice(1);
  return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length + 1) : undefined;
}

/** Whether the framework has cut off the path at which it mounts us, as Express does. */
function hasLeftPath(context: unknown): boolean {
  const incoming = isObject(context) ? getMember(context, 'incoming') : undefined;
  const baseUrl = isObject(incoming) ? getMember(incoming, 'baseUrl') : undefined;
  return typeof baseUrl === 'string' && baseUrl !== '';
}
