/**
 * `keyCode` of a key that an input method handles (UI Events, section 7.3.1). Safari reports it after the composition, too, when
 * `isComposing` is false.
 */
export const IME_KEY_CODE = 229;
