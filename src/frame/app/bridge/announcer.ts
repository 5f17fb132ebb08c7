/** Announces texts to screen readers, each once and as a whole. The message list itself is silent, because it grows with every word. */
import type { Timers } from '../../../core/clock.js';

/** Long enough for a screen reader to announce a text. Then the text is removed, so that a visitor does not find it again in the page. */
const ANNOUNCEMENT_MS = 5_000;

export interface Announcer {
  /**
   * Announces a text once those before it have been announced: an answer that takes long to convert must not replace a newer one. A promise
   * must not reject.
   */
  announce(text: string | Promise<string>): void;
  /** Ends all announcements, also those whose text is not known yet. */
  silence(): void;
}

/** Adds a live region to `document`; it must exist before its first text does. */
export function createAnnouncer(document: Document, timers: Timers): Announcer {
  const region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.className = 'visually-hidden';
  document.body.prepend(region);
  let previous: Promise<unknown> | undefined;
  let timesSilenced = 0;
  return {
    announce(text) {
      const announcedAfter = timesSilenced;
      previous = Promise.all([text, previous]).then(([announced]) => {
        if (announcedAfter !== timesSilenced) return;
        // A new element each time. Otherwise the second of two equal answers would be no change, and not announced.
        const paragraph = document.createElement('p');
        paragraph.textContent = announced;
        region.replaceChildren(paragraph);
        timers.set(() => paragraph.remove(), ANNOUNCEMENT_MS);
      });
    },
    silence() {
      timesSilenced += 1;
      region.replaceChildren();
    },
  };
}
