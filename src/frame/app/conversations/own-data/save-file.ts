/** Puts a file where the browser puts downloads. */
import type { Timers } from '../../../../core/clock.js';

/** Until the browser has taken it: Safari asks the visitor first. */
const KEPT_MS = 60_000;

export function saveFile(file: File, document: Document, timers: Timers): void {
  const url = URL.createObjectURL(file);
  // Not in the document: what reports links to the page has nothing to do with it.
  Object.assign(document.createElement('a'), { href: url, download: file.name }).click();
  timers.set(() => URL.revokeObjectURL(url), KEPT_MS);
}
