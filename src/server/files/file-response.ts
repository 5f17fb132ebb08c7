/** Responds with one of the package's files: methods, encodings, validators, ranges (RFC 9110), and CORS. */
import { ownOptions } from '../../core/values/own-members.js';
import { parseRange } from './byte-range.js';
import { negotiateEncoding } from './content-encoding.js';
import type { ServedFile } from './file-manifest.js';
import type { PackageFiles } from './package-files.js';

const METHODS = 'GET, HEAD, OPTIONS';
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** @returns `undefined` when the file cannot be read */
export async function respondWithFile(
  request: Request,
  file: ServedFile,
  { files, allowedOrigins }: { readonly files: PackageFiles; readonly allowedOrigins: ReadonlySet<string> },
): Promise<Response | undefined> {
  const access = accessHeaders(request, allowedOrigins);
  if (request.method === 'OPTIONS') return respond(204, null, { ...access, ...preflightHeaders(access) });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return respond(405, null, { ...access, allow: METHODS, 'cache-control': 'no-store' });
  }

  const { encoding, variant } = negotiateEncoding(file, acceptedEncodings(request));
  const etag = `"${variant.sha256.slice(0, 22)}"`;
  const validators = {
    ...access,
    etag,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, no-cache',
  };
  if (matches(request.headers.get('if-none-match'), etag)) return respond(304, null, validators);

  const content = await files.read(variant);
  if (content === undefined) return undefined;
  const headers = {
    ...validators,
    'content-type': file.type,
    'accept-ranges': 'bytes',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  };
  if (request.method === 'HEAD') return respond(200, null, { ...headers, 'content-length': String(content.byteLength) });

  const range = appliesTo(request.headers.get('if-range'), etag) ? parseRange(request.headers.get('range'), content.byteLength) : undefined;
  if (range === undefined) return respond(200, content, headers);
  if (range === 'unsatisfiable') return respond(416, null, { ...validators, 'content-range': `bytes */${content.byteLength}` });
  return respond(206, content.subarray(range.start, range.end + 1), {
    ...headers,
    'content-range': `bytes ${range.start}-${range.end}/${content.byteLength}`,
  });
}

function respond(status: number, body: Uint8Array<ArrayBuffer> | null, headers: Readonly<Record<string, string>>): Response {
  const ownHeaders = new Headers(ownOptions({ ...headers }));
  if (body !== null) ownHeaders.set('content-length', String(body.byteLength));
  return new Response(body, ownOptions({ status, headers: ownHeaders }));
}

/**
 * Next removes `Content-Encoding` from the response of a route handler, but leaves the body compressed (`server/send-response.js` in Next
 * 15.5 and 16): a browser would run the compressed bytes as a script. Only Next's requests have a `nextUrl`.
 */
function acceptedEncodings(request: Request): string | null {
  return 'nextUrl' in request ? null : request.headers.get('accept-encoding');
}

/**
 * Allows no credentials, because the files do not depend on them. A script tag sends no origin, so `cross-origin-resource-policy` cannot depend on
 * it.
 */
function accessHeaders({ headers }: Request, allowedOrigins: ReadonlySet<string>): Readonly<Record<string, string>> {
  const origin = headers.get('origin');
  const isAllowed = origin !== null && allowedOrigins.has(origin);
  return {
    vary: 'Accept-Encoding, Origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': allowedOrigins.size === 0 ? 'same-origin' : 'cross-origin',
    ...(isAllowed && { 'access-control-allow-origin': origin }),
  };
}

function preflightHeaders(access: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!Object.hasOwn(access, 'access-control-allow-origin')) return {};
  return {
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': 'if-none-match, if-range, range',
    'access-control-max-age': String(PREFLIGHT_MAX_AGE_SECONDS),
  };
}

/** RFC 9110 section 13.1.2; a proxy may have weakened a strong validator. */
function matches(header: string | null, etag: string): boolean {
  if (header?.trim() === '*') return true;
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** RFC 9110 section 13.1.5: a date is not one of this file's validators. */
function appliesTo(ifRange: string | null, etag: string): boolean {
  return ifRange === null || ifRange.trim() === etag;
}
