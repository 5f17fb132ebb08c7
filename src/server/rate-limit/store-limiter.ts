import { getMember, isObject } from '../../core/values/own-members.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';

/**
 * Creates the limiter of a rule in the host's store; `undefined` without a store.
 *
 * @throws ServerConfigurationError if what the store returns is no limiter
 */
export function createStoreLimiter<Rule extends RateLimitRule>(
  store: ((rule: Rule) => RequestLimiter) | undefined,
  rule: Rule,
): RequestLimiter | undefined {
  const limiter: unknown = store?.(rule);
  if (limiter === undefined || isLimiter(limiter)) return limiter;
  // A promise of an async function, whose rejection nobody else handles, would end the process.
  void Promise.resolve(limiter).catch(() => undefined);
  throw new ServerConfigurationError('rateLimit.store: must return an object with the function "consume", not a promise of one');
}

function isLimiter(value: unknown): value is RequestLimiter {
  return isObject(value) && typeof getMember(value, 'consume') === 'function';
}
