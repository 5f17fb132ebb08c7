/** Deletes all conversations of a visitor with the bot, page by page; one failure does not stop the others. */
import type { Timers } from '../../../../core/clock.js';
import { ConversationError, MissingPermissionError } from '../conversation-error.js';
import type { ApiConversationPage } from '../conversation-requests.js';
import { retryWhileLimited } from './retry-while-limited.js';

export interface DeletionApi {
  /** Pages count from 1. */
  list(page: number): Promise<ApiConversationPage>;
  delete(id: string): Promise<void>;
}

export interface DeletionOptions {
  readonly api: DeletionApi;
  /** Id of the conversation on the screen, which is deleted last. */
  readonly currentId: string;
  /** `false` for an app, whose conversations Coze does not list: only the present one is known. */
  readonly isListed: boolean;
  /** Called before each batch, so that one visitor cannot delete conversations of another. Rejects if the visitor is not confirmed. */
  readonly requireVisitor: () => Promise<void>;
  readonly onProgress?: ((done: number, count: number) => void) | undefined;
  /** Aborts when the visitor stops the deletion. */
  readonly signal?: AbortSignal | undefined;
  readonly timers: Timers;
}

export interface Deletion {
  readonly deletedIds: readonly string[];
  /** Number of known conversations that are left. */
  readonly failed: number;
  /** The error that ended the deletion early. */
  readonly error?: unknown;
}

/** Number of parallel requests; Coze documents no limit. */
const PARALLEL_REQUESTS = 4;
/** After this number of failures in a row, the next request is expected to fail, too. */
const MAX_FAILURES_IN_A_ROW = 2 * PARALLEL_REQUESTS;
/** More than one, because another tab may create conversations meanwhile. */
const MAX_ROUNDS = 10;
/** A page has 50 conversations. */
const MAX_PAGES = 1_000;

/** Rejects only if nothing has been deleted. */
export async function deleteConversations(options: DeletionOptions): Promise<Deletion> {
  const run = new DeletionRun(options);
  try {
    await run.deleteAll();
  } catch (error) {
    if (run.deletedIds.length === 0) throw error;
    return { deletedIds: run.deletedIds, failed: run.leftCount, error };
  }
  return { deletedIds: run.deletedIds, failed: run.leftCount };
}

class DeletionRun {
  readonly #options: DeletionOptions;
  /** Ids that were listed so far. */
  readonly #known = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #failed = new Set<string>();
  #failuresInARow = 0;

  constructor(options: DeletionOptions) {
    this.#options = options;
  }

  get deletedIds(): readonly string[] {
    return [...this.#deleted];
  }

  get leftCount(): number {
    return this.#known.size - this.#deleted.size;
  }

  async deleteAll(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS && !this.#isOver; round++) {
      await this.#list();
      const waiting = [...this.#known].filter((id) => !this.#deleted.has(id) && !this.#failed.has(id));
      if (waiting.length === 0) return;
      await this.#deleteThese(waiting);
    }
  }

  get #isOver(): boolean {
    return this.#options.signal?.aborted === true || this.#failuresInARow >= MAX_FAILURES_IN_A_ROW;
  }

  async #list(): Promise<void> {
    const { api, currentId, isListed, requireVisitor, timers } = this.#options;
    // The list does not include conversations of a custom connector.
    if (currentId !== '') this.#known.add(currentId);
    for (let page = 1; isListed && page <= MAX_PAGES && !this.#isOver; page++) {
      await requireVisitor();
      const { conversations, has_more: hasMore } = await retryWhileLimited(() => api.list(page), timers);
      for (const { id } of conversations) this.#known.add(id);
      if (!hasMore || conversations.length === 0) return;
    }
  }

  async #deleteThese(ids: readonly string[]): Promise<void> {
    const { currentId, requireVisitor, onProgress } = this.#options;
    const queue = [...ids.filter((id) => id !== currentId), ...ids.filter((id) => id === currentId)];
    onProgress?.(this.#deleted.size, this.#known.size);
    for (let start = 0; start < queue.length && !this.#isOver; start += PARALLEL_REQUESTS) {
      await requireVisitor();
      const outcomes = await Promise.allSettled(queue.slice(start, start + PARALLEL_REQUESTS).map((id) => this.#delete(id)));
      onProgress?.(this.#deleted.size, this.#known.size);
      const refused = outcomes.find((outcome) => outcome.status === 'rejected');
      if (refused !== undefined) throw refused.reason;
    }
  }

  /** Rejects only with an error that every other request would get, too. */
  async #delete(id: string): Promise<void> {
    const { api, timers } = this.#options;
    try {
      await retryWhileLimited(() => api.delete(id), timers);
    } catch (error) {
      if (error instanceof MissingPermissionError) throw error;
      // An unavailable conversation counts as deleted: another tab has deleted it before.
      if (!(error instanceof ConversationError && error.isUnavailable)) {
        this.#failed.add(id);
        this.#failuresInARow++;
        return;
      }
    }
    this.#failuresInARow = 0;
    this.#deleted.add(id);
  }
}
