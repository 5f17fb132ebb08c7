/**
 * Reads the entries of a chat in the visitor's browser: how the panel was left, whether the teaser is over, and whether the visitor has
 * agreed. They contain no name, message or token.
 */

/** `open` and `teaser` are in the tab's `sessionStorage`, `size` and `consent` in `localStorage`. */
export type StoredItem = 'open' | 'size' | 'teaser' | 'consent';

/** Value of `open`: open the panel on the next page. */
export const RESTORE_OPEN = '1';
/** Value of `open`: opened earlier in this tab, not to be restored; a preload hint. */
export const OPENED_EARLIER = '0';

/** Identifies a chat in storage by its `id`, otherwise by its bot or app. */
export interface StorageScope {
  readonly id: string;
  readonly botId: string;
  readonly appId?: unknown;
}

export type StorageName = 'localStorage' | 'sessionStorage';

export const storageKey = (item: StoredItem, { id, botId, appId }: StorageScope): string =>
  `coze-chat-embed:${item}:${id || botId || String(appId ?? '')}`;

/** Returns `null` also if the browser forbids storage. */
export function readStored(storage: StorageName, item: StoredItem, scope: StorageScope): string | null {
  try {
    return window[storage].getItem(storageKey(item, scope));
  } catch {
    return null;
  }
}
