/** Saves a file as a browser's download. */
import type { Timers } from '../../../../core/clock.js';

/** Until the download has started: Safari asks the visitor first. */
const KEPT_MS = 60_000;

export function saveFile(file: File, document: Document, timers: Timers): void {
  const url = URL.createObjectURL(file);
  // Not in the document, whose listener would report the click to the page as a link.
  Object.assign(document.createElement('a'), { href: url, download: file.name }).click();
  timers.set(() => URL.revokeObjectURL(url), KEPT_MS);
}
