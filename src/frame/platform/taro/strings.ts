/** Strings of the platform layer, and the accessible names of controls that the SDK leaves unnamed. Set by the frame's script. */
import type { ChatStrings } from '../../../locales/translations/en.js';

const STRINGS = Symbol('strings');

/** Must be called before the layer is used. A document has one language. */
export function setStrings(strings: ChatStrings): void {
  Object.assign(document, { [STRINGS]: strings });
}

export function getStrings(): ChatStrings {
  const { [STRINGS]: strings } = document as { [STRINGS]?: ChatStrings };
  if (strings === undefined) throw new TypeError('The document has no texts yet.');
  return strings;
}
