/** How often one visitor, and one network address, may ask. Protects Coze's quota and this server, not the isolation. */
import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { digest } from '../crypto/digest.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import { toNetworkKey } from './client-address.js';
import { memoryLimiter } from './memory-limiter.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';

export interface RateLimitOptions<Context = unknown> {
  /** For each proven visitor; by default 60 requests per 60 s. A healthy chat asks about twice an hour and once per page view. */
  readonly perSubject?: RateLimitRule;
  /** For each client address; by default 300 requests per 60 s, as many people may share one. Needs `clientAddress`. */
  readonly perAddress?: RateLimitRule;
  /**
   * The address of the client, as far as it can be trusted: of the socket, or of a header that the host's own proxy sets and nobody else can.
   * Without it, and where it knows none, only visitors are counted.
   *
   * @example clientAddress: (_request, { incoming }) => incoming.socket.remoteAddress
   */
  readonly clientAddress?: (request: Request, context: Context) => string | null | undefined;
  /**
   * Where several instances count together, for instance in Redis; by default each counts in its own memory, as it does while the store fails.
   *
   * @example
   * store: ({ name, requests, perSeconds }) =>
   *   new RateLimiterRedis({ storeClient: redis, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds })
   */
  readonly store?: (rule: RateLimitRule & { readonly name: 'subject' | 'address' }) => RequestLimiter;
}

/** Counts a request, or refuses it with the time to wait. */
export interface RateLimits {
  readonly countAddress: (request: Request, context: unknown) => Promise<Result<void, EndpointError>>;
  readonly countSubject: (subject: string) => Promise<Result<void, EndpointError>>;
}

const DEFAULT_PER_SUBJECT: RateLimitRule = { requests: 60, perSeconds: 60 };
const DEFAULT_PER_ADDRESS: RateLimitRule = { requests: 300, perSeconds: 60 };
/** A client that queues while it has no connection would otherwise hold up every visitor. */
const STORE_TIMEOUT_MS = 500;

export const noRateLimits: RateLimits = {
  countAddress: () => Promise.resolve(succeed(undefined)),
  countSubject: () => Promise.resolve(succeed(undefined)),
};

export function createRateLimits(options: RateLimitOptions, warn: (warning: WarningEvent) => void): RateLimits {
  const { perSubject = DEFAULT_PER_SUBJECT, perAddress = DEFAULT_PER_ADDRESS, clientAddress, store } = options;
  const subjects = withMemoryFallback(perSubject, store?.({ ...perSubject, name: 'subject' }), warn);
  const addresses = withMemoryFallback(perAddress, store?.({ ...perAddress, name: 'address' }), warn);

  return {
    async countAddress(request, context) {
      const address = clientAddress?.(request, context);
      // A header that is missing is `null`. All whose address is unknown would otherwise be one customer.
      if (address === undefined || address === null || address === '') return succeed(undefined);
      // A store that several people can read need not hold addresses.
      const waitMs = await addresses(await digest(['coze-chat-embed/address', toNetworkKey(address)]));
      return waitMs === undefined ? succeed(undefined) : fail(rateLimited('address_rate_limited', waitMs));
    },
    async countSubject(subject) {
      const waitMs = await subjects(subject);
      return waitMs === undefined ? succeed(undefined) : fail(rateLimited('subject_rate_limited', waitMs));
    },
  };
}

/** Resolves to the milliseconds to wait, or to nothing if the request may go on. */
type Consume = (key: string) => Promise<number | undefined>;

/** Counts in the store; in memory when there is none or it fails. */
function withMemoryFallback(rule: RateLimitRule, stored: RequestLimiter | undefined, warn: (warning: WarningEvent) => void): Consume {
  const inMemory = memoryLimiter(rule);
  let isStoreDown = false;

  async function countInStore(store: RequestLimiter, key: string): Promise<number | undefined> {
    try {
      const waitMs = await withDeadline(() => consume(store, key), { durationMs: STORE_TIMEOUT_MS, timers: systemTimers });
      isStoreDown = false;
      return waitMs;
    } catch {
      if (!isStoreDown) warn(STORE_FAILED_WARNING);
      isStoreDown = true;
      return consume(inMemory, key);
    }
  }

  return (key) => (stored === undefined ? consume(inMemory, key) : countInStore(stored, key));
}

async function consume(limiter: RequestLimiter, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (reason) {
    if (isLimitReached(reason)) return reason.msBeforeNext;
    throw reason;
  }
}

function isLimitReached(reason: unknown): reason is { readonly msBeforeNext: number } {
  return typeof reason === 'object' && reason !== null && 'msBeforeNext' in reason && typeof reason.msBeforeNext === 'number';
}

function rateLimited(reason: 'subject_rate_limited' | 'address_rate_limited', waitMs: number): EndpointError {
  return {
    reason,
    retryAfterSeconds: Math.max(Math.ceil(waitMs / 1000), 1),
  };
}

const STORE_FAILED_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.RateLimitStoreFailed,
  message: 'The store that counts requests fails. Until it works again every instance counts in its own memory.',
};
