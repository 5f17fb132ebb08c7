/**
 * Whether a key belongs to an input method: its `keyCode` is 229 (UI Events, section 7.3.1). Safari ends the composition before its last key event,
 * which only `keyCode` tells then.
 */
export function isInputMethodKey(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229;
}
