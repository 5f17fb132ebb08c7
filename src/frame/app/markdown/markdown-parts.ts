/** What comes late, in one chunk: the parser and what is made of its trees. */
export { MarkdownView } from './render/markdown-view.js';
export { UnmarkedText } from './render/unmarked-text.js';
export { parseWholeMarkdown } from './syntax/parse-markdown.js';
