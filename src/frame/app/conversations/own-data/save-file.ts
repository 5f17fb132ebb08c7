/** Saves a file as a browser's download. */
import type { Timers } from '../../../../core/clock.js';

/** How long the URL is kept, because the download may start late: Safari asks the visitor first. */
const URL_LIFETIME_MS = 60_000;

export function saveFile(file: File, document: Document, timers: Timers): void {
  const url = URL.createObjectURL(file);
  // The link is not added to the document, because a listener there would report the click to the page.
  Object.assign(document.createElement('a'), { href: url, download: file.name }).click();
  timers.set(() => URL.revokeObjectURL(url), URL_LIFETIME_MS);
}
