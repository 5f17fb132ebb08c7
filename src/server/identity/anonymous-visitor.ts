/**
 * Identity for visitors without an account: a random id in a signed cookie, so that each browser has its own history.
 * Because of the signature, a visitor cannot use the id of another one, even if they know it.
 */
import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import { base64url, jwtVerify, SignJWT } from 'jose';
import { ownOptions } from '../../core/values/own-members.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { checkedClock, checkedRandomBytes } from '../config/host-functions.js';
import { parseSecret } from '../crypto/secret.js';
import type { Identify, Identity } from './identity.js';
import { markVisitorMaker } from './visitor-maker.js';

/** The cookie that recognises a visitor. */
export interface AnonymousVisitorOptions {
  /** Signs the cookie with HS256: at least 32 random bytes (RFC 7518 section 3.2). If you change it, all visitors are new. */
  readonly cookieSecret: string | Uint8Array;
  /**
   * Name of the cookie: letters, digits, `-` and `_`. It gets the prefix `__Host-` unless `secure` is `false`.
   *
   * @default 'coze-visitor'
   */
  readonly cookieName?: string;
  /**
   * `SameSite` of the cookie. `none` if pages of another site embed the chat; the cookie is then partitioned by that site.
   *
   * @default 'lax'
   */
  readonly sameSite?: 'strict' | 'lax' | 'none';
  /**
   * `Secure` of the cookie. `false` only for development over plain http, because some browsers drop secure cookies on localhost.
   *
   * @default true
   */
  readonly secure?: boolean;
  /**
   * The current time in epoch milliseconds.
   *
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * Returns cryptographically strong random bytes.
   *
   * @default crypto.getRandomValues
   */
  readonly randomBytes?: (length: number) => Uint8Array;
}

interface Visitor {
  readonly id: string;
  readonly expiresAtSeconds: number;
}

const ID_BYTES = 16;
/** Coze keeps messages for 180 days, so a later visit has no history to return to. */
const LIFETIME_SECONDS = 180 * 86_400;
/** Distinguishes this cookie from other JWTs that are signed with the same secret. */
const AUDIENCE = 'coze-chat-embed/anonymous-visitor';

/**
 * Identifies the visitor of the cookie, or a new one and sets the cookie. A cookie that is forged or has expired counts as none. It lives for
 * 180 days and is renewed in its second half.
 *
 * As the last strategy of `firstIdentityOf` it identifies visitors who are not signed in. When they sign in, they get another history.
 *
 * @returns an `identify` for `createTokenEndpoint`
 * @throws ServerConfigurationError (`code` `invalid_configuration`), naming the option
 * @example
 * identify: anonymousVisitor({ cookieSecret: process.env.VISITOR_SECRET })
 * @see https://www.rfc-editor.org/rfc/rfc6265 for the cookie
 */
export function anonymousVisitor(options: AnonymousVisitorOptions): Identify {
  const own = ownOptions(options);
  const { cookieName = 'coze-visitor', sameSite = 'lax', secure = true } = own;
  const now = checkedClock(own.now ?? (() => Date.now()));
  // One id for all new visitors would be one history for all of them.
  const randomBytes = checkedRandomBytes(own.randomBytes ?? ((length) => crypto.getRandomValues(new Uint8Array(length))));
  const secret = parseSecret(own.cookieSecret);
  if (!secret.ok) throw misconfigured(`cookieSecret: ${secret.error}`);
  const key = secret.value;
  if (!/^[\w-]+$/.test(cookieName)) throw misconfigured('cookieName: use letters, digits, "-" and "_"');
  if (sameSite === 'none' && !secure) throw misconfigured('secure: browsers accept SameSite=None only together with Secure');

  const attributes: Omit<SetCookie, 'value'> = {
    // With this prefix, another subdomain cannot set the cookie to an id that it knows, and later read the visitor's history.
    name: secure ? `__Host-${cookieName}` : cookieName,
    path: '/',
    maxAge: LIFETIME_SECONDS,
    httpOnly: true,
    secure,
    sameSite,
    partitioned: sameSite === 'none',
  };

  async function issue(id: string): Promise<string> {
    const nowSeconds = Math.floor(now() / 1000);
    const value = await new SignJWT({ sub: id, aud: AUDIENCE, iat: nowSeconds, exp: nowSeconds + LIFETIME_SECONDS })
      // Explicitly absent, so that jose reads no inherited member.
      .setProtectedHeader({ alg: 'HS256', crit: undefined as never })
      .sign(key);
    return stringifySetCookie(ownOptions({ ...attributes, value }));
  }

  async function verify(cookie: string): Promise<Visitor | undefined> {
    try {
      const rules = { algorithms: ['HS256'], audience: AUDIENCE, requiredClaims: ['sub', 'exp'], currentDate: new Date(now()) };
      const { sub, exp, aud } = ownOptions((await jwtVerify(cookie, key, ownOptions(rules))).payload);
      return sub === undefined || exp === undefined || aud === undefined ? undefined : { id: sub, expiresAtSeconds: exp };
    } catch {
      return undefined;
    }
  }

  async function identityByCookie(request: Request): Promise<Identity> {
    // A browser may send a partitioned cookie and another one of the same name, for example from before `sameSite` or the secret changed.
    const pairs = (request.headers.get('cookie') ?? '').split(';');
    const cookies = pairs.flatMap((pair) => parseCookie(pair)[attributes.name] ?? []);
    const visitor = (await Promise.all(cookies.map(verify))).find((found) => found !== undefined);
    const id = visitor?.id ?? `anonymous:${base64url.encode(randomBytes(ID_BYTES))}`;
    const isFresh = visitor !== undefined && visitor.expiresAtSeconds - now() / 1000 > LIFETIME_SECONDS / 2;
    return isFresh ? { id } : { id, setCookie: await issue(id), isNew: visitor === undefined };
  }

  return markVisitorMaker(identityByCookie);
}

function misconfigured(message: string): ServerConfigurationError {
  return new ServerConfigurationError(`anonymousVisitor: ${message}`);
}
