/** Footnotes, formulas, and HTML, whose source is shown. Loaded when a text may contain them. */
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { htmlFlow, htmlText } from 'micromark-core-commonmark';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import type { Extension } from 'micromark-util-types';
import type { LateSyntax } from './late-syntax.js';
import { mathFlow, mathFlowFromMarkdown } from './math-flow.js';
import { mathText, mathTextFromMarkdown } from './math-text.js';

/** The build removes HTML from the constructs that the parser always has (`lightMarkdown` in `build/sdk-patches.ts`). */
const html: Extension = { flow: { 60: htmlFlow }, text: { 60: htmlText } };

export const RARE_SYNTAX: LateSyntax = {
  syntax: (openEnd) => [gfmFootnote(), html, mathFlow(), mathText(openEnd)],
  fromMarkdown: [gfmFootnoteFromMarkdown(), mathFlowFromMarkdown(), mathTextFromMarkdown()],
};
