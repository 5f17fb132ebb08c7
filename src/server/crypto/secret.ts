import { fail, type Result, succeed } from '../../core/result.js';

/** The length of the hash in HS256 (RFC 7518 section 3.2). */
const MIN_SECRET_BYTES = 32;

/** Parses a secret for HS256 into bytes; the error says what to do about a missing or short one. */
export function parseSecret(secret: string | Uint8Array | undefined): Result<Uint8Array, string> {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  if (bytes instanceof Uint8Array && bytes.byteLength >= MIN_SECRET_BYTES) return succeed(bytes);
  const atLeast = `must have at least ${MIN_SECRET_BYTES} bytes`;
  // `process.env.VISITOR_COOKIE_SECRET ?? ''` gives an empty one.
  const isNothing = secret == null || secret.length === 0;
  return fail(
    `${atLeast}${isNothing ? ', and is empty: most often the environment variable for it is not set. Make' : '; make'} one with: ${COMMAND}`,
  );
}

const COMMAND = 'openssl rand -hex 32';
