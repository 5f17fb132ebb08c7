/** Whether Markdown would make anything of a text. */

/** Anything that may begin a construct of CommonMark, of GFM, or of the SDK's radio lists; rather too much than too little. */
const mayBeMarkdown = /[\\`*_#<>[\]|~&@]|:\/\/|www\.|^[ \t]|[ \t]$|^(?:[-+=]|\d+[.)])|\n\s*\n|^\s|\s$|[\0\r\u{d800}-\u{dfff}]/imu;

/** True only of a text that the SDK's parser reads as one paragraph without any formatting. */
export const isPlainText = (text: string): boolean => text !== '' && !mayBeMarkdown.test(text);
