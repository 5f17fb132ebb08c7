/** The little a chat remembers in the visitor's browser: nothing about the visitor, and never what anybody writes. */

/** `open`: in the tab's `sessionStorage`, empty once it was. `teaser`: there too. `size`: in `localStorage`. */
export type StoredItem = 'open' | 'size' | 'teaser';

/** Chats are told apart by their `id`, else by their bot. */
export interface StorageScope {
  readonly id: string;
  readonly botId: string;
}

export type StorageName = 'localStorage' | 'sessionStorage';

export const storageKey = (subject: StoredItem, { id, botId }: StorageScope): string => `coze-chat-embed:${subject}:${id || botId}`;

/** `null` also where the browser forbids storage. */
export function readStored(storage: StorageName, subject: StoredItem, owner: StorageScope): string | null {
  try {
    return window[storage].getItem(storageKey(subject, owner));
  } catch {
    return null;
  }
}
