/**
 * Which conversation was a visitor's newest when they were last here, so that its messages can be asked for beside the list that says whether it
 * still is. Kept by a digest of whose it is, and of which bot: who does not know that cannot tell. Nothing of a message, and no token.
 */
import { digest } from '../core/digest.js';

type KeptIn = Pick<Storage, 'getItem' | 'setItem'>;

export interface Remembered {
  /** Empty when none is known. */
  readonly id: string;
  /** Sent with the question for the list, so that no cache answers it with what it was before, or with another visitor's. */
  readonly tag: string;
}

export interface NewestConversationOptions {
  /** Whose, and of which bot; `undefined` when the backend does not say whose. */
  readonly scope: string | undefined;
  readonly storage: KeptIn | undefined;
  readonly random: () => number;
}

type Entry = readonly [key: string, id: string, tag: string];

const STORAGE_KEY = 'coze-chat-embed:newest';
/** Of which the browser keeps those used last. */
const MAX_KEPT = 20;
/** As Coze's ids are. */
const ID = /^\w{1,64}$/;

export class NewestConversation {
  readonly #storage: KeptIn | undefined;
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
      // Full, or forbidden: the messages come after the list.
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
