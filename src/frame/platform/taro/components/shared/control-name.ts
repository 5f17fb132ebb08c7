/** Names for the SDK's icon buttons, which have no text and no title. */
import type { ChatStrings } from '../../../../../locales/translations/en.js';
import { getStrings } from '../../strings.js';

/**
 * What the button is or shows → its name; the first that fits. By the local names of CSS modules, by the name of the icon's file, or by the
 * start of its drawing (SDK `ui-kit/atomic/svg`).
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

/** `undefined` when the control names itself, or while it shows something else, say that it is at work: then it keeps its name. */
export function nameOfControl(control: Element): string | undefined {
  if (control.textContent?.trim() !== '') return undefined;
  const found = names.find(([selector]) => control.matches(selector) || control.querySelector(selector) !== null);
  return found && getStrings()[found[1]];
}
