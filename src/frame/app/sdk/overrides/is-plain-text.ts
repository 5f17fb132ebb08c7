/** Finds out whether a text contains Markdown. */

/**
 * Matches all that may begin a construct of CommonMark or GFM, a formula, or one of the SDK's radio lists. It matches too much rather than too
 * little.
 */
const mayBeMarkdown = /[\\`*_#<>[\]|~&@$]|:\/\/|www\.|^[ \t]|[ \t]$|^(?:[-+=:]|\d+[.)])|\n\s*\n|^\s|\s$|[\0\r\u{d800}-\u{dfff}]/imu;

/** Returns `true` only for a text that `parseMarkdown()` reads as one paragraph without any formatting. */
export const isPlainText = (text: string): boolean => text !== '' && !mayBeMarkdown.test(text);
