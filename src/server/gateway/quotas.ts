/**
 * Limits for each visitor, each address and the whole site. They protect the site's quota at Coze, not the isolation of visitors.
 */
import { digest } from '../crypto/digest.js';
import { findClientNetwork } from '../rate-limit/client-address.js';
import { type Consume, createConsume, createStoreTime } from '../rate-limit/consume.js';
import type { LimitName, RateLimitOptions } from '../rate-limit/rate-limit.js';
import type { RateLimitRule } from '../rate-limit/request-limiter.js';
import { createStoreLimiter } from '../rate-limit/store-limiter.js';
import type { WarningEvent } from '../reporting/operator-event.js';
import { ApiProblem, throwAtLimit } from './api-problem.js';

/** Limits for a visitor, an address and the whole site. `false` switches a limit off. */
export interface GatewayLimits {
  /**
   * Messages of one visitor.
   *
   * @default { requests: 20, perSeconds: 60 }
   */
  readonly messagesPerVisitor?: RateLimitRule | false;
  /**
   * Messages from one address. Needs `rateLimit.clientAddress`.
   *
   * @default { requests: 60, perSeconds: 60 }
   */
  readonly messagesPerAddress?: RateLimitRule | false;
  /**
   * Messages of all visitors together.
   *
   * @default false
   */
  readonly messages?: RateLimitRule | false;
  /**
   * Files and recordings of one visitor.
   *
   * @default { requests: 30, perSeconds: 600 }
   */
  readonly uploadsPerVisitor?: RateLimitRule | false;
  /**
   * All calls of one visitor, of any kind.
   *
   * @default { requests: 300, perSeconds: 60 }
   */
  readonly callsPerVisitor?: RateLimitRule | false;
  /**
   * How many answers may run at once for one visitor in this process. As many may be read aloud at once.
   *
   * @default 3
   */
  readonly answersAtOnce?: number;
}

export interface QuotasOptions {
  readonly limits: GatewayLimits;
  readonly clientAddress: RateLimitOptions['clientAddress'];
  readonly store: RateLimitOptions['store'];
  readonly warn: (warning: WarningEvent) => void;
}

/** The kind of call that is counted in addition to the number of calls. */
export type Counted = 'message' | 'upload' | 'nothing';

export interface Caller {
  readonly subject: string;
  readonly request: Request;
  readonly context: unknown;
}

const DEFAULTS = {
  messagesPerVisitor: { requests: 20, perSeconds: 60 },
  messagesPerAddress: { requests: 60, perSeconds: 60 },
  messages: false,
  uploadsPerVisitor: { requests: 30, perSeconds: 600 },
  callsPerVisitor: { requests: 300, perSeconds: 60 },
} as const satisfies GatewayLimits;
const DEFAULT_AT_ONCE = 3;
const ALL = 'all';

export class Quotas {
  readonly #clientAddress: RateLimitOptions['clientAddress'];
  readonly #atOnce: number;
  readonly #consume: Readonly<Record<keyof typeof DEFAULTS, Consume>>;
  readonly #running = new Map<string, number>();

  constructor({ limits, clientAddress, store, warn }: QuotasOptions) {
    this.#clientAddress = clientAddress;
    this.#atOnce = limits.answersAtOnce ?? DEFAULT_AT_ONCE;
    const consumeFor = (name: LimitName, rule: RateLimitRule | false): Consume =>
      rule === false ? () => Promise.resolve(undefined) : createConsume(rule, createStoreLimiter(store, { ...rule, name }), warn);
    const rules = { ...DEFAULTS, ...limits };
    this.#consume = {
      messagesPerVisitor: consumeFor('messages-of-visitor', rules.messagesPerVisitor),
      messagesPerAddress: consumeFor('messages-of-address', rules.messagesPerAddress),
      messages: consumeFor('messages', rules.messages),
      uploadsPerVisitor: consumeFor('uploads-of-visitor', rules.uploadsPerVisitor),
      callsPerVisitor: consumeFor('calls-of-visitor', rules.callsPerVisitor),
    };
  }

  /** Throws an `ApiProblem` at a limit. */
  async count({ subject, request, context }: Caller, counted: Counted): Promise<void> {
    const time = createStoreTime();
    throwAtLimit(await this.#consume.callsPerVisitor(subject, time), 'visitor_limited');
    if (counted === 'upload') throwAtLimit(await this.#consume.uploadsPerVisitor(subject, time), 'visitor_limited');
    if (counted !== 'message') return;
    throwAtLimit(await this.#consume.messagesPerVisitor(subject, time), 'visitor_limited');
    // The token endpoint has the same option, and warns.
    const network = findClientNetwork(this.#clientAddress, request, context, () => undefined);
    if (network !== undefined) {
      throwAtLimit(await this.#consume.messagesPerAddress(await digest(['coze-chat-embed/address', network]), time), 'address_limited');
    }
    // Last, so that a visitor over their own limit does not use up the site's.
    throwAtLimit(await this.#consume.messages(ALL, time), 'site_limited');
  }

  /** Counts a running answer until the returned function is called. Throws an `ApiProblem` if too many answers of this key are running. */
  begin(key: string): () => void {
    const running = this.#running.get(key) ?? 0;
    if (running >= this.#atOnce) throw new ApiProblem('too_many_answers', { retryAfterSeconds: 1 });
    this.#running.set(key, running + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#running.get(key) ?? 1) - 1;
      if (left > 0) this.#running.set(key, left);
      else this.#running.delete(key);
    };
  }
}
