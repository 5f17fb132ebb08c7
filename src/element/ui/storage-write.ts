/** Writing apart from reading: only a chat that was opened has anything to remember. */
import { storageKey, type StorageScope, type StoredItem, type StorageName } from './storage-read.js';

/** Remembers `text` for {@link readStored}; `null` forgets. */
export function writeStored(storage: StorageName, subject: StoredItem, owner: StorageScope, text: string | null): void {
  try {
    if (text === null) window[storage].removeItem(storageKey(subject, owner));
    else window[storage].setItem(storageKey(subject, owner), text);
  } catch {
    // Forgotten, then.
  }
}
