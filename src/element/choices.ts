/** Attributes that take one of a few words. As in HTML, anything else counts as the default. */

export const modes = ['bubble', 'inline', 'page'] as const;
/** `bubble`: launcher and panel. `inline`: fills its box. `page`: fills the viewport. */
export type ChatMode = (typeof modes)[number];

export const placements = ['bottom-end', 'bottom-start', 'top-end', 'top-start'] as const;
/** Corner of the launcher, in writing direction. */
export type ChatPlacement = (typeof placements)[number];

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto`: as the visitor prefers. */
export type ChatTheme = (typeof themes)[number];

/** When the chat's code is loaded: `intent`, with the token, when a pointer or the focus comes to the launcher; `idle`, when the page has nothing to do; `eager`, at once. */
export type ChatLoading = 'intent' | 'idle' | 'eager';

/** The first choice is the default. */
export function chosen<T extends string>(value: T, choices: readonly [T, ...T[]]): T {
  return choices.includes(value) ? value : choices[0];
}
