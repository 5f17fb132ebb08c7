/** The exports of the chunk for Markdown, which is loaded late: the parser and the components that render its trees. */
export { MarkdownView } from './render/markdown-view.js';
export { UnmarkedText } from './render/unmarked-text.js';
export { parseWholeMarkdown } from './syntax/parse-markdown.js';
