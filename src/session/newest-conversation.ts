/**
 * Remembers which conversation was a visitor's newest at their last visit, so that its messages can be requested in parallel with the list
 * that confirms it. The key is a digest of subject and bot, so that an entry does not reveal its owner. Neither messages nor tokens are
 * stored.
 */
import { digest } from '../core/digest.js';

type EntryStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface Remembered {
  /** Empty if none is known. */
  readonly id: string;
  /** Added to the URL of the list, so that no cache responds with an outdated list or another visitor's. */
  readonly tag: string;
}

export interface NewestConversationOptions {
  /** Subject, API and bot as one text; `undefined` if the backend names no subject. */
  readonly scope: string | undefined;
  readonly storage: EntryStorage | undefined;
  readonly random: () => number;
}

type Entry = readonly [key: string, id: string, tag: string];

const STORAGE_KEY = 'coze-chat-embed:newest';
/** Maximum number of entries in the browser's storage. The entries with the oldest use are dropped. */
const MAX_KEPT = 20;
/** The form of Coze's ids. */
const ID = /^\w{1,64}$/;

export class NewestConversation {
  readonly #storage: EntryStorage | undefined;
  readonly #key: Promise<string | undefined>;
  readonly #tag: string;
  /** Never rejects. */
  readonly remembered: Promise<Remembered>;

  constructor({ scope, storage, random }: NewestConversationOptions) {
    this.#storage = storage;
    this.#key = scope === undefined ? Promise.resolve(undefined) : digest(scope).catch(() => undefined);
    this.#tag = random().toString(36).slice(2);
    this.remembered = this.#key.then((key) => this.#find(key));
  }

  async remember(id: string): Promise<void> {
    const [key, { tag }] = await Promise.all([this.#key, this.remembered]);
    if (key === undefined || !ID.test(id)) return;
    const kept: readonly Entry[] = [...this.#read().filter(([known]) => known !== key), [key, id, tag]];
    try {
      this.#storage?.setItem(STORAGE_KEY, JSON.stringify(kept.slice(-MAX_KEPT)));
    } catch {
      // The storage is full or forbidden. At the next visit, the messages are requested after the list.
    }
  }

  #find(key: string | undefined): Remembered {
    const [, id = '', tag = this.#tag] = this.#read().find(([known]) => known === key) ?? [];
    return { id, tag };
  }

  #read(): readonly Entry[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(STORAGE_KEY) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isEntry) : [];
    } catch {
      return [];
    }
  }
}

function isEntry(entry: unknown): entry is Entry {
  return Array.isArray(entry) && typeof entry[0] === 'string' && ID.test(String(entry[1])) && /^\w+$/.test(String(entry[2]));
}
