/** Writing apart from reading: only a chat that was opened has anything to remember. */
import { storageKey, type StorageName, type StorageScope, type StoredItem } from './storage-read.js';

/** Remembers `text` for {@link readStored}; `null` forgets. */
export function writeStored(storage: StorageName, subject: StoredItem, scope: StorageScope, text: string | null): void {
  try {
    if (text === null) window[storage].removeItem(storageKey(subject, scope));
    else window[storage].setItem(storageKey(subject, scope), text);
  } catch {
    // Forgotten, then.
  }
}
