/** The words the layer itself says, and the names it gives to what the SDK leaves without. Whoever builds the frame hands them in. */
import type { ChatStrings } from '../../../locales/translations/en.js';

const TEXTS = Symbol('texts');

/** To be called before the layer is used. One document, one language. */
export function setStrings(strings: ChatStrings): void {
  Object.assign(document, { [TEXTS]: strings });
}

export function getStrings(): ChatStrings {
  const { [TEXTS]: strings } = document as { [TEXTS]?: ChatStrings };
  if (strings === undefined) throw new TypeError('The document has no texts yet.');
  return strings;
}
