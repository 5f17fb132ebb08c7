/** Says to screen readers what has come, once and as a whole. The message list itself is silent: it grows with every word. */

/** Adds a live region to `document`, which must be there before its first words are. The returned function speaks `text`. */
export function createAnnouncer(document: Document): (text: string) => void {
  const region = document.createElement('div');
  region.role = 'status';
  region.className = 'visually-hidden';
  document.body.append(region);
  return (text) => {
    // A new element, or the same answer twice would be no change.
    const words = document.createElement('p');
    words.textContent = text;
    region.replaceChildren(words);
  };
}
