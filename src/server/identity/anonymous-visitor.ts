/**
 * Identity for people without an account: a random id in a signed cookie, so that each browser has a history of its own.
 * The signature keeps a visitor from naming the id of another one, however they learnt it.
 */
import { base64url, jwtVerify, SignJWT } from 'jose';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { ownOptions } from '../config/schema.js';
import { parseSecret } from '../crypto/secret.js';
import type { Identify } from './identity.js';

export interface AnonymousVisitorOptions {
  /** Signs the cookie; at least 32 bytes of randomness. Changing it makes everybody a new visitor. */
  readonly cookieSecret: string | Uint8Array;
  /** Without prefix; `coze-visitor` by default. */
  readonly cookieName?: string;
  /** `none` when pages of another site embed the chat; the cookie is then partitioned by that site. `lax` by default. */
  readonly sameSite?: 'strict' | 'lax' | 'none';
  /** Only for development over plain http: browsers that do not take localhost for secure drop the cookie otherwise. */
  readonly secure?: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Cryptographically strong. */
  readonly randomBytes?: (length: number) => Uint8Array;
}

interface Visitor {
  readonly id: string;
  readonly expiresAtSeconds: number;
}

const ID_BYTES = 16;
/** Coze keeps messages for 180 days; a visitor who stays away longer has no history left to come back to. */
const LIFETIME_SECONDS = 180 * 86_400;
/** Tells this cookie from any other JWT that may be signed with the same secret. */
const AUDIENCE = 'coze-chat-embed/anonymous-visitor';

/**
 * Answers the visitor of the cookie, or a new one together with the cookie to set. A cookie that is forged or has expired counts as none.
 * As the last strategy of `firstIdentityOf` it serves whoever is not signed in; signing in starts another history.
 *
 * @throws ServerConfigurationError
 */
export function anonymousVisitor(options: AnonymousVisitorOptions): Identify {
  const own = ownOptions(options);
  const { cookieName = 'coze-visitor', sameSite = 'lax', secure = true } = own;
  const { now = () => Date.now(), randomBytes = (length) => crypto.getRandomValues(new Uint8Array(length)) } = own;
  const secret = parseSecret(own.cookieSecret);
  if (!secret.ok) throw misconfigured(`cookieSecret: ${secret.error}`);
  const key = secret.value;
  if (!/^[\w-]+$/.test(cookieName)) throw misconfigured('cookieName: use letters, digits, "-" and "_"');
  if (sameSite === 'none' && !secure) throw misconfigured('secure: browsers accept SameSite=None only together with Secure');

  // With the prefix a sibling subdomain cannot plant its own visitor's cookie and read along afterwards.
  const name = secure ? `__Host-${cookieName}` : cookieName;
  const attributes = `Path=/; Max-Age=${LIFETIME_SECONDS}; HttpOnly${secure ? '; Secure' : ''}; SameSite=${sameSite}${sameSite === 'none' ? '; Partitioned' : ''}`;

  async function issue(id: string): Promise<string> {
    const nowSeconds = Math.floor(now() / 1000);
    const value = await new SignJWT({ sub: id, aud: AUDIENCE, exp: nowSeconds + LIFETIME_SECONDS })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(key);
    return `${name}=${value}; ${attributes}`;
  }

  async function verify(cookie: string): Promise<Visitor | undefined> {
    try {
      const rules = { algorithms: ['HS256'], audience: AUDIENCE, requiredClaims: ['sub', 'exp'], currentDate: new Date(now()) };
      const { payload } = await jwtVerify(cookie, key, rules);
      return { id: payload.sub ?? '', expiresAtSeconds: payload.exp ?? 0 };
    } catch {
      return undefined;
    }
  }

  return async function identityByCookie(request) {
    const cookie = readCookie(request.headers.get('cookie') ?? '', name);
    const visitor = cookie === undefined ? undefined : await verify(cookie);
    const id = visitor?.id ?? `anonymous:${base64url.encode(randomBytes(ID_BYTES))}`;
    const isFresh = visitor !== undefined && visitor.expiresAtSeconds - now() / 1000 > LIFETIME_SECONDS / 2;
    return isFresh ? { id } : { id, setCookie: await issue(id) };
  };
}

/** RFC 6265 section 5.4: pairs separated by `; `. */
function readCookie(header: string, name: string): string | undefined {
  const pair = header.split(/; */).find((text) => text.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

function misconfigured(message: string): ServerConfigurationError {
  return new ServerConfigurationError(`anonymousVisitor: ${message}`);
}
