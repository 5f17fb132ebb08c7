/** The words the layer itself says, and the names it gives to what the SDK leaves without. Whoever builds the frame hands them in. */
import type { ChatStrings } from '../../../locales/translations/en.js';

const TEXTS = Symbol('texts');

/** To be called before the layer is used. One document, one language. */
export function setStrings(texts: ChatStrings): void {
  Object.assign(document, { [TEXTS]: texts });
}

export function getStrings(): ChatStrings {
  const { [TEXTS]: texts } = document as { [TEXTS]?: ChatStrings };
  if (texts === undefined) throw new TypeError('The document has no texts yet.');
  return texts;
}
