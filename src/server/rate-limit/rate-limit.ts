/**
 * Limits the requests of one visitor, of one network address, and of all new visitors together. Protects Coze's quota and this server, not
 * the isolation of visitors.
 */
import { fail, type Result, succeed } from '../../core/result.js';
import { digest } from '../crypto/digest.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import { findClientNetwork } from './client-address.js';
import { type Consume, createConsume, type StoreTime } from './consume.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';
import { createStoreLimiter } from './store-limiter.js';

/** Rate limits for each visitor and each address. */
export interface RateLimitOptions<Context = unknown> {
  /**
   * For each verified visitor. A normal chat requests a token about twice an hour and once per page view.
   *
   * @default { requests: 60, perSeconds: 60 }
   */
  readonly perSubject?: RateLimitRule;
  /**
   * For each client address, which many visitors can share. Needs `clientAddress`.
   *
   * @default { requests: 300, perSeconds: 60 }
   */
  readonly perAddress?: RateLimitRule;
  /**
   * For all new anonymous visitors together, such as those that `anonymousVisitor` creates for a request without a cookie: each of them has a separate
   * limit, so `perSubject` does not limit them. One address can use a quarter of this limit, if addresses are known. Visitors with a cookie are not
   * counted.
   *
   * @default { requests: 120, perSeconds: 60 }
   */
  readonly newVisitors?: RateLimitRule;
  /**
   * Returns the address of the client, one IPv4 or IPv6 address: from the socket, or from a header that only the host's own proxy can set. Without
   * an address, only visitors are counted, and many requests without cookies can block new visitors. Anything else than one address, such as a whole
   * `X-Forwarded-For`, is not counted either, with one warning; the same applies if the function throws.
   *
   * @example
   * clientAddress: (_request, { incoming }) => incoming.socket.remoteAddress
   */
  readonly clientAddress?: (request: Request, context: Context) => string | null | undefined;
  /**
   * Creates the limiter of a rule that several instances share, for example in Redis. While the store fails, each instance counts in its own memory.
   *
   * @default each instance counts in its own memory
   * @example
   * store: ({ name, requests, perSeconds }) =>
   *   new RateLimiterRedis({ storeClient: redis, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds })
   */
  readonly store?: (rule: RateLimitRule & { readonly name: LimitName }) => RequestLimiter;
}

/**
 * The names of the limits. `new-visitors-of-address` is the share of `newVisitors` for one address; the last five belong to the gateway.
 */
export type LimitName =
  | 'subject'
  | 'address'
  | 'new-visitors'
  | 'new-visitors-of-address'
  | 'messages-of-visitor'
  | 'messages-of-address'
  | 'messages'
  | 'uploads-of-visitor'
  | 'calls-of-visitor';

/** Each function counts a request. An error contains the time to wait. */
export interface RateLimits {
  /** Resolves with the key by which the address is counted, if it is known. */
  readonly countAddress: (request: Request, context: unknown, time: StoreTime) => Promise<Result<AddressKey, EndpointError>>;
  /** Counts a visitor who was created for this request. */
  readonly countNewVisitor: (address: AddressKey, time: StoreTime) => Promise<Result<void, EndpointError>>;
  readonly countSubject: (subject: string, time: StoreTime) => Promise<Result<void, EndpointError>>;
}

type AddressKey = string | undefined;

const DEFAULT_PER_SUBJECT: RateLimitRule = { requests: 60, perSeconds: 60 };
const DEFAULT_PER_ADDRESS: RateLimitRule = { requests: 300, perSeconds: 60 };
const DEFAULT_NEW_VISITORS: RateLimitRule = { requests: 120, perSeconds: 60 };
/** The share of one address, so that it cannot lock out all others. */
const ADDRESS_SHARE = 1 / 4;
const ALL_NEW_VISITORS = 'all';

export const noRateLimits: RateLimits = {
  countAddress: () => Promise.resolve(succeed(undefined)),
  countNewVisitor: () => Promise.resolve(succeed(undefined)),
  countSubject: () => Promise.resolve(succeed(undefined)),
};

/**
 * Creates the limits of one endpoint.
 *
 * @param options as the host gives them
 * @param createsVisitors whether `identify` is known to create visitors
 * @param warn reports to the operator
 */
export function createRateLimits(options: RateLimitOptions, createsVisitors: boolean, warn: (warning: WarningEvent) => void): RateLimits {
  const { perSubject = DEFAULT_PER_SUBJECT, perAddress = DEFAULT_PER_ADDRESS, newVisitors = DEFAULT_NEW_VISITORS } = options;
  const { clientAddress, store } = options;
  const consumeFor = (name: LimitName, rule: RateLimitRule): Consume =>
    createConsume(rule, createStoreLimiter(store, { ...rule, name }), warn);
  const consumeSubject = consumeFor('subject', perSubject);
  const consumeAddress = consumeFor('address', perAddress);
  // Created on first use: for most hosts `identify` creates no visitors.
  const consumeNew = lazily(() => ({
    ofAddress: consumeFor('new-visitors-of-address', { ...newVisitors, requests: Math.ceil(newVisitors.requests * ADDRESS_SHARE) }),
    ofAll: consumeFor('new-visitors', newVisitors),
  }));
  const warnOfAddress = once(() => warn(ADDRESS_INVALID_WARNING));
  const warnOfMissingAddress = once(() => warn(ADDRESS_MISSING_WARNING));
  const warnOfNewVisitors = once(() => warn(NEW_VISITORS_WARNING));

  if (createsVisitors && clientAddress === undefined) warnOfMissingAddress();

  return {
    async countAddress(request, context, time) {
      const network = findClientNetwork(clientAddress, request, context, warnOfAddress);
      if (network === undefined) return succeed(undefined);
      // A digest, because the store may be readable to others.
      const key = await digest(['coze-chat-embed/address', network]);
      const waitMs = await consumeAddress(key, time);
      return waitMs === undefined ? succeed(key) : fail(rateLimited('address_rate_limited', waitMs));
    },
    async countNewVisitor(address, time) {
      if (clientAddress === undefined) warnOfMissingAddress();
      const { ofAddress, ofAll } = consumeNew();
      // Counts the address first, so that an address above its share does not use up the limit of the others.
      const waitMs = (address === undefined ? undefined : await ofAddress(address, time)) ?? (await ofAll(ALL_NEW_VISITORS, time));
      if (waitMs === undefined) return succeed(undefined);
      warnOfNewVisitors();
      return fail(rateLimited('new_visitors_rate_limited', waitMs));
    },
    async countSubject(subject, time) {
      const waitMs = await consumeSubject(subject, time);
      return waitMs === undefined ? succeed(undefined) : fail(rateLimited('subject_rate_limited', waitMs));
    },
  };
}

type RateLimitReason = 'subject_rate_limited' | 'address_rate_limited' | 'new_visitors_rate_limited';

function rateLimited(reason: RateLimitReason, waitMs: number): EndpointError {
  return { reason, retryAfterSeconds: Math.max(Math.ceil(waitMs / 1000), 1) };
}

function lazily<T>(create: () => T): () => T {
  let created: T | undefined;
  return () => (created ??= create());
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
    'clientAddress throws, or does not return one IP address, so addresses are not counted. A handler that gets a web Request has no incoming: take the header that your own proxy sets, and of a list the address that it added.',
};

const ADDRESS_MISSING_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.ClientAddressMissing,
  message:
    'Visitors without a cookie get a new one, and rateLimit.clientAddress is missing: whoever asks without cookies again and again keeps all new visitors out. Give clientAddress, or rateLimit: false if a gateway counts.',
};

const NEW_VISITORS_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.NewVisitorsLimited,
  message:
    'New visitors are told to wait: there are more of them than rateLimit.newVisitors allows. Raise it if they are real; otherwise give rateLimit.clientAddress.',
};
