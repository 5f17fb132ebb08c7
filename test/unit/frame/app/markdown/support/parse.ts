/** Parses like an answer, but synchronously, with the late syntax if the text needs it. */
import type { Root } from 'mdast';
import { findLateParts } from '../../../../../../src/frame/app/markdown/syntax/late/late-parts.js';
import { NO_LATE_SYNTAX } from '../../../../../../src/frame/app/markdown/syntax/late/late-syntax.js';
import { RARE_SYNTAX } from '../../../../../../src/frame/app/markdown/syntax/late/rare-syntax.js';
import { parseMarkdown } from '../../../../../../src/frame/app/markdown/syntax/parse-markdown.js';

export function parse(text: string): Root {
  return parseMarkdown(text, findLateParts(text).hasRareSyntax ? RARE_SYNTAX : NO_LATE_SYNTAX);
}
