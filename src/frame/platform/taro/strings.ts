/** The strings that the platform layer itself shows, and the accessible names of controls that the SDK leaves unnamed. Set by the frame's script. */
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
