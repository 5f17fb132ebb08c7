/**
 * Login sessions of the demo website, kept in memory under random ids. Two visitors' browsers share one page here, so each pane has a
 * cookie of its own, distinguished by the cookie's path, and a session is only valid in the pane where it was started.
 */
import { randomBytes } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';
import type { Account } from './accounts.js';

const COOKIE_NAME = 'visitor_session';

interface VisitorSession {
  readonly pane: string;
  readonly account: Account;
}

export class VisitorSessions {
  readonly #sessions = new Map<string, VisitorSession>();
  readonly #generateId: () => string;

  constructor({ generateId = () => randomBytes(32).toString('base64url') }: { generateId?: () => string } = {}) {
    this.#generateId = generateId;
  }

  /** Ends the pane's previous session and starts a new one with a new id. Returns the value for `set-cookie`. */
  start(request: Request, account: Account): string {
    this.#forget(request);
    const pane = paneOf(request);
    const id = this.#generateId();
    this.#sessions.set(id, { pane, account });
    return serialize(COOKIE_NAME, id, cookieOptions(pane));
  }

  /** Returns the value for `set-cookie` that deletes the session cookie. */
  end(request: Request): string {
    this.#forget(request);
    return serialize(COOKIE_NAME, '', { ...cookieOptions(paneOf(request)), maxAge: 0 });
  }

  /** The account signed in in the request's pane. */
  find(request: Request): Account | undefined {
    const session = this.#sessions.get(sessionIdOf(request));
    return session?.pane === paneOf(request) ? session.account : undefined;
  }

  #forget(request: Request): void {
    if (this.find(request) !== undefined) this.#sessions.delete(sessionIdOf(request));
  }
}

const cookieOptions = (pane: string) => ({ path: `/visitors/${pane}`, httpOnly: true, sameSite: 'Lax' }) as const;

const sessionIdOf = (request: Request): string => parse(request.headers.get('cookie') ?? '', COOKIE_NAME)[COOKIE_NAME] ?? '';

/** `/visitors/left/session` → `left`. */
const paneOf = (request: Request): string => new URL(request.url).pathname.split('/')[2] ?? '';
