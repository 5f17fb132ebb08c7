/** Escape closes the panel also while the focus is inside the frame, whose key events the page does not see. */
import { IME_KEY_CODE } from '../../../core/values/ime-key-code.js';

export function reportEscape(document: Document, onEscape: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && event.keyCode !== IME_KEY_CODE) onEscape();
  });
}
