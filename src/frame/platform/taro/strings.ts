/** Strings of the platform layer, and the accessible names of controls that the SDK leaves unnamed. Set by the frame's script. */
import type { ChatStrings } from '../../../locales/translations/en.js';

const TEXTS = Symbol('texts');

/** Has to be called before the layer is used. A document has one language. */
export function setStrings(strings: ChatStrings): void {
  Object.assign(document, { [TEXTS]: strings });
}

export function getStrings(): ChatStrings {
  const { [TEXTS]: strings } = document as { [TEXTS]?: ChatStrings };
  if (strings === undefined) throw new TypeError('The document has no texts yet.');
  return strings;
}
