/** Separate from `storage-read.ts`, because only a chat that was opened writes. */
import { storageKey, type StorageName, type StorageScope, type StoredItem } from './storage-read.js';

/** Stores `text` for {@link readStored}; `null` removes it. */
export function writeStored(storage: StorageName, item: StoredItem, scope: StorageScope, text: string | null): void {
  try {
    if (text === null) window[storage].removeItem(storageKey(item, scope));
    else window[storage].setItem(storageKey(item, scope), text);
  } catch {
    // Storage is full or forbidden: nothing is remembered.
  }
}
