import { keyOf, type NoteOwner, type NoteSubject, type StorageName } from './storage-read.js';

/** Remembers `text` for {@link recall}; `null` forgets. */
export function note(storage: StorageName, subject: NoteSubject, owner: NoteOwner, text: string | null): void {
  try {
    if (text === null) window[storage].removeItem(keyOf(subject, owner));
    else window[storage].setItem(keyOf(subject, owner), text);
  } catch {
    // Forgotten, then.
  }
}
