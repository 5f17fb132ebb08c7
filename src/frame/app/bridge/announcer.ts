/** Says to screen readers what has come, once and as a whole. The message list itself is silent: it grows with every word. */
import type { Timers } from '../../../core/clock.js';

/** Long enough for a screen reader to announce it; then it is removed, so that it is not found again when reading the page. */
const ANNOUNCEMENT_MS = 5_000;

/** Adds a live region to `document`, which must be there before its first words are. The returned function speaks `text`. */
export function createAnnouncer(document: Document, timers: Timers): (text: string) => void {
  const region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.className = 'visually-hidden';
  document.body.prepend(region);
  return (text) => {
    // A new element, or the same answer twice would be no change.
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    region.replaceChildren(paragraph);
    timers.set(() => paragraph.remove(), ANNOUNCEMENT_MS);
  };
}
