/** Values of enumerated attributes; the first one is the default. Those of the mode are in `mode.ts`, which the launcher loads. */

export const PLACEMENT_VALUES = ['bottom-end', 'bottom-start', 'top-end', 'top-start'] as const;
/** Corner of the launcher, in writing direction. */
export type ChatPlacement = (typeof PLACEMENT_VALUES)[number];

export const THEME_VALUES = ['auto', 'light', 'dark'] as const;
/** `auto`: as the visitor prefers. */
export type ChatTheme = (typeof THEME_VALUES)[number];

export const LOADING_VALUES = ['intent', 'idle', 'eager', 'click'] as const;
/** When the chat's code is loaded. `intent`: with the token, when a pointer or the focus comes to the launcher. `idle`: when the page has nothing to do. `eager`: at once. `click`: when it is opened. */
export type ChatLoading = (typeof LOADING_VALUES)[number];
