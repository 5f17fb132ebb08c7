/**
 * Remembers the visitor's feedback, since the API does not return it. Stored under digests of the ids, so that an entry reveals neither the
 * conversation nor the message. The conversation has a digest of its own, so that its entries can be removed.
 */
import { digest } from '../../../../core/digest.js';

export type Rating = 'like' | 'dislike';

/** Maximum number of entries in the browser's storage; the oldest are dropped. */
const MAX_ENTRIES = 500;
const STORAGE_KEY = 'coze-chat-feedback';

type Entries = readonly (readonly [digest: string, rating: Rating, conversation?: string])[];

export class GivenFeedback {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  /** Feedback in memory, for browsers that store nothing, and until it is stored. */
  readonly #known = new Map<string, Rating | undefined>();

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    this.#storage = storage;
  }

  async find(conversationId: string, messageId: string): Promise<Rating | undefined> {
    const key = `${conversationId}/${messageId}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const id = await digest(key);
    return this.#read().find(([known]) => known === id)?.[1];
  }

  async remember(conversationId: string, messageId: string, rating: Rating | undefined): Promise<void> {
    const key = `${conversationId}/${messageId}`;
    this.#known.set(key, rating);
    const [id, conversation] = await Promise.all([digest(key), digest(conversationId)]);
    if (id === undefined) return;
    const others = this.#read().filter(([known]) => known !== id);
    this.#write(rating === undefined ? others : [...others, [id, rating, conversation ?? '']]);
  }

  /** Removes the feedback of deleted conversations. */
  async forget(conversationIds: readonly string[]): Promise<void> {
    if (this.#read().length === 0) return;
    const gone = new Set(await Promise.all(conversationIds.map(digest)));
    this.#write(this.#read().filter(([, , conversation = '']) => !gone.has(conversation)));
  }

  #write(kept: Entries): void {
    try {
      this.#storage?.setItem(STORAGE_KEY, JSON.stringify(kept.slice(-MAX_ENTRIES)));
    } catch {
      // Storage is full or forbidden: the feedback is remembered in memory, until the page is left.
    }
  }

  #read(): Entries {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(STORAGE_KEY) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isEntry) : [];
    } catch {
      return [];
    }
  }
}

function isEntry(entry: unknown): entry is Entries[number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && (entry[1] === 'like' || entry[1] === 'dislike');
}
