/** Accessible names for the SDK's icon buttons, which have neither text nor title. */
import type { ChatStrings } from '../../../../../locales/translations/en.js';
import { getStrings } from '../../strings.js';

/**
 * Selectors of a button or its content → its name; the first match wins. They use local names of CSS modules, the icon's file name, or the
 * start of its path (SDK `ui-kit/atomic/svg`).
 */
const names: readonly (readonly [selector: string, name: keyof ChatStrings])[] = [
  ['[class*="_send-btn_"]', 'send'],
  ['[class*="_file-btn_"]', 'upload'],
  ['[class*="_microphone-icon_"]', 'voiceInput'],
  ['[class*="_keyboard-icon_"]', 'keyboardInput'],
  ['[class*="_arrow-down_"]', 'newestMessage'],
  ['[class*="_state-slot_"]', 'retry'],
  ['[class*="_audioPlay_"][class*="_playing_"]', 'stopVoice'],
  ['[class*="_audioPlay_"]', 'playVoice'],
  ['[class*="_svg_"][src*="/conversation"]', 'newTopic'],
  ['[d^="M7.50033 1.66667V5L3.33366"]', 'newConversation'],
  ['[class*="icon-coz_copy"]', 'copy'],
];

/** `undefined` if the control has text, or shows something else, such as a spinner: it then keeps its name. */
export function nameOfControl(control: Element): string | undefined {
  if (control.textContent?.trim() !== '') return undefined;
  const found = names.find(([selector]) => control.matches(selector) || control.querySelector(selector) !== null);
  return found && getStrings()[found[1]];
}
