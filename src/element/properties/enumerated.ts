/** Attributes that take one of a few words; the first is the default. Apart from the mode, which the launcher needs to know. */

export const placements = ['bottom-end', 'bottom-start', 'top-end', 'top-start'] as const;
/** Corner of the launcher, in writing direction. */
export type ChatPlacement = (typeof placements)[number];

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto`: as the visitor prefers. */
export type ChatTheme = (typeof themes)[number];

export const loadings = ['intent', 'idle', 'eager', 'click'] as const;
/** When the chat's code is loaded. `intent`: with the token, when a pointer or the focus comes to the launcher. `idle`: when the page has nothing to do. `eager`: at once. `click`: when it is opened. */
export type ChatLoading = (typeof loadings)[number];
