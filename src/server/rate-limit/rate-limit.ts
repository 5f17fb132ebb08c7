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

/** How often a visitor, and an address, may ask. */
export interface RateLimitOptions<Context = unknown> {
  /**
   * For each verified visitor. A healthy chat asks about twice an hour and once per page view.
   *
   * @default { requests: 60, perSeconds: 60 }
   */
  readonly perSubject?: RateLimitRule;
  /**
   * For each client address, as many visitors may share one. Needs `clientAddress`.
   *
   * @default { requests: 300, perSeconds: 60 }
   */
  readonly perAddress?: RateLimitRule;
  /**
   * The address of the client, one IPv4 or IPv6 address: of the socket, or of a header that the host's own proxy sets and nobody else can.
   * Without it, and where it returns none, only visitors are counted. Anything that is not one address, such as a whole `X-Forwarded-For`,
   * is not counted either and warned of once.
   *
   * @example
   * clientAddress: (_request, { incoming }) => incoming.socket.remoteAddress
   */
  readonly clientAddress?: (request: Request, context: Context) => string | null | undefined;
  /**
   * Makes the limiter of a rule where several instances count together, for instance in Redis. While the store fails, each instance counts in
   * its own memory.
   *
   * @default each instance counts in its own memory
   * @example
   * store: ({ name, requests, perSeconds }) =>
   *   new RateLimiterRedis({ storeClient: redis, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds })
   */
  readonly store?: (rule: RateLimitRule & { readonly name: 'subject' | 'address' }) => RequestLimiter;
}

/** Counts a request; at the limit the error has the time to wait. */
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
  const consumeSubject = withMemoryFallback(perSubject, store?.({ ...perSubject, name: 'subject' }), warn);
  const consumeAddress = withMemoryFallback(perAddress, store?.({ ...perAddress, name: 'address' }), warn);
  const warnOfAddress = once(() => warn(ADDRESS_INVALID_WARNING));

  return {
    async countAddress(request, context) {
      const address = clientAddress?.(request, context);
      // No address (a missing header is `null`): do not count, or all unknown clients would share one limit.
      if (address === undefined || address === null || address === '') return succeed(undefined);
      const network = toNetworkKey(address);
      if (network === undefined) {
        warnOfAddress();
        return succeed(undefined);
      }
      // The store may be readable to others, and need not hold addresses.
      const waitMs = await consumeAddress(await digest(['coze-chat-embed/address', network]));
      return waitMs === undefined ? succeed(undefined) : fail(rateLimited('address_rate_limited', waitMs));
    },
    async countSubject(subject) {
      const waitMs = await consumeSubject(subject);
      return waitMs === undefined ? succeed(undefined) : fail(rateLimited('subject_rate_limited', waitMs));
    },
  };
}

/** Resolves to the milliseconds to wait, or to `undefined` below the limit. */
type Consume = (key: string) => Promise<number | undefined>;

/** Counts in the store; in memory when there is none or it fails. */
function withMemoryFallback(rule: RateLimitRule, store: RequestLimiter | undefined, warn: (warning: WarningEvent) => void): Consume {
  const memory = memoryLimiter(rule);
  if (store === undefined) return (key) => consume(memory, key);
  let isStoreDown = false;

  return async function consumeFromStore(key) {
    try {
      const waitMs = await withDeadline(() => consume(store, key), { durationMs: STORE_TIMEOUT_MS, timers: systemTimers });
      isStoreDown = false;
      return waitMs;
    } catch {
      if (!isStoreDown) warn(STORE_FAILED_WARNING);
      isStoreDown = true;
      return consume(memory, key);
    }
  };
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
  return { reason, retryAfterSeconds: Math.max(Math.ceil(waitMs / 1000), 1) };
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

const ADDRESS_INVALID_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.ClientAddressInvalid,
  message:
    'clientAddress does not return one IP address, so addresses are not counted. Of a list of addresses take the one that your own proxy added.',
};

const STORE_FAILED_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.RateLimitStoreFailed,
  message: 'The store that counts requests fails. Until it works again every instance counts in its own memory.',
};
