/**
 * Source of a regular expression with the flag `u`: invisible characters, and those that change the visual order of text; without joiners, which
 * scripts need, and without white space. A string, because the build inlines strings: the code of page and tools is in chunks of its own.
 */
export const UNSEEN_CHARACTERS = '[\\p{Bidi_Control}\\u00ad\\u200b\\u2060-\\u206f\\ufeff\\u{e0000}-\\u{e007f}]|(?![\\t\\n\\r])\\p{Cc}';
