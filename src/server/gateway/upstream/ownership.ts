/**
 * Checks the owner of a conversation for an API that does not: Coze Studio shows every conversation to the holder of its token. Remembers
 * conversations that a visitor has created; any other one must be in the list of the visitor's conversations.
 */
import { LRUCache } from 'lru-cache';
import { noOptions, ownOptions } from '../../../core/values/own-members.js';
import { createConsume, createStoreTime } from '../../rate-limit/consume.js';
import type { RateLimitRule } from '../../rate-limit/request-limiter.js';
import { ApiProblem, throwAtLimit } from '../api-problem.js';
import type { GatewayVisitor } from '../visitor.js';

export interface OwnedPage {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
}

export interface OwnershipOptions {
  /** Lists a page of the visitor's own conversations with a bot; pages count from 1. */
  readonly list: (visitor: GatewayVisitor, botId: string, page: number, signal: AbortSignal) => Promise<OwnedPage>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Search {
  readonly isListed: Promise<boolean>;
  /** The signal of the call that began the search. */
  readonly signal: AbortSignal;
}

const MAX_REMEMBERED = 50_000;
/** Caches failed searches, so that trying ids does not start a search for each. Short, because another instance may create the conversation. */
const NOT_FOUND_CACHE_MS = 10_000;
/** Limits a search to two thousand conversations with each bot. */
const MAX_PAGES = 40;
/**
 * Limit for the searches of one visitor. Each search sends a request for each bot and page, and each invented id starts a search. A chat itself opens
 * only known conversations.
 */
const SEARCH_LIMIT: RateLimitRule = { requests: 20, perSeconds: 60 };

export class Ownership {
  readonly #options: OwnershipOptions;
  readonly #owners = new LRUCache<string, string>(ownOptions({ max: MAX_REMEMBERED }));
  readonly #notFound = new LRUCache<string, number>(ownOptions({ max: MAX_REMEMBERED }));
  readonly #searches = new Map<string, Search>();
  readonly #consume = createConsume(SEARCH_LIMIT, undefined, () => undefined);

  constructor(options: OwnershipOptions) {
    this.#options = options;
  }

  note(subject: string, conversationId: string): void {
    this.#owners.set(conversationId, subject, noOptions());
    this.#notFound.delete(toKey(subject, conversationId));
  }

  /** Removes a deleted conversation. */
  forget(conversationId: string): void {
    this.#owners.delete(conversationId);
  }

  async require(visitor: GatewayVisitor, conversationId: string, signal: AbortSignal): Promise<void> {
    const owner = this.#owners.get(conversationId, noOptions());
    if (owner === visitor.subject) return;
    if (owner !== undefined || !(await this.#search(visitor, conversationId, signal))) throw new ApiProblem('conversation_foreign');
  }

  #search(visitor: GatewayVisitor, conversationId: string, signal: AbortSignal): Promise<boolean> {
    const key = toKey(visitor.subject, conversationId);
    const missedMs = this.#notFound.get(key, noOptions());
    if (missedMs !== undefined && Math.abs(this.#options.now() - missedMs) < NOT_FOUND_CACHE_MS) return Promise.resolve(false);
    const running = this.#searches.get(key);
    if (running !== undefined) {
      return running.isListed.catch((error: unknown) => {
        // The call that began the search has ended early: searches again for this one.
        if (running.signal.aborted && !signal.aborted) return this.#search(visitor, conversationId, signal);
        throw error;
      });
    }
    const isListed = this.#isListed(visitor, conversationId, signal)
      .then((found) => {
        if (!found) this.#notFound.set(key, this.#options.now(), noOptions());
        return found;
      })
      .finally(() => this.#searches.delete(key));
    this.#searches.set(key, { isListed, signal });
    return isListed;
  }

  async #isListed(visitor: GatewayVisitor, conversationId: string, signal: AbortSignal): Promise<boolean> {
    throwAtLimit(await this.#consume(visitor.subject, createStoreTime()), 'visitor_limited');
    for (const botId of visitor.bots) {
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { ids, hasMore } = await this.#options.list(visitor, botId, page, signal);
        for (const id of ids) this.note(visitor.subject, id);
        if (ids.includes(conversationId)) return true;
        if (!hasMore || ids.length === 0) break;
      }
    }
    return false;
  }
}

function toKey(subject: string, conversationId: string): string {
  return `${subject}\n${conversationId}`;
}
