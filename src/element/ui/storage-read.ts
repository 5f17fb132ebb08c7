/** The little a chat remembers in the visitor's browser: nothing about the visitor, and never what anybody writes. */

/** `open`: in the tab's `sessionStorage`, empty once it was. `teaser`: there too. `size`: in `localStorage`. */
export type NoteSubject = 'open' | 'size' | 'teaser';

/** Chats are told apart by their `id`, else by their bot. */
export interface NoteOwner {
  readonly id: string;
  readonly botId: string;
}

export type StorageName = 'localStorage' | 'sessionStorage';

export const keyOf = (subject: NoteSubject, { id, botId }: NoteOwner): string => `coze-chat-embed:${subject}:${id || botId}`;

/** `null` also where the browser forbids storage. */
export function recall(storage: StorageName, subject: NoteSubject, owner: NoteOwner): string | null {
  try {
    return window[storage].getItem(keyOf(subject, owner));
  } catch {
    return null;
  }
}
