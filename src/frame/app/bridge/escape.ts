/** Escape closes the panel also while the focus is inside the frame, whose key events the page does not see. */
import { isInputMethodKey } from '../../../core/values/input-method.js';

export function reportEscape(document: Document, onEscape: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !isInputMethodKey(event)) onEscape();
  });
}
