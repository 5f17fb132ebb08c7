/** Announces texts to screen readers, each once and as a whole. The message list itself is silent, because it grows with every word. */
import type { Timers } from '../../../core/clock.js';

/** Long enough for a screen reader to announce a text. Then the text is removed, so that a visitor does not find it again in the page. */
const ANNOUNCEMENT_MS = 5_000;

/** Adds a live region to `document`; it must exist before its first text does. Returns a function that announces `text`. */
export function createAnnouncer(document: Document, timers: Timers): (text: string) => void {
  const region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.className = 'visually-hidden';
  document.body.prepend(region);
  return (text) => {
    // A new element each time. Otherwise the second of two equal answers would be no change, and not announced.
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    region.replaceChildren(paragraph);
    timers.set(() => paragraph.remove(), ANNOUNCEMENT_MS);
  };
}
