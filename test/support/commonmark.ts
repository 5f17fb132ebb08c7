/** CommonMark's published examples, and the words of each that a reader must be able to see in any rendering. */
import specification from 'commonmark-spec/spec.txt?raw';

export interface Example {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
  /** The HTML that the specification expects. */
  readonly html: string;
}

/**
 * The format that the specification's own `spec_tests.py` parses: between fences of 32 backticks, Markdown above a line with a full stop,
 * HTML below.
 */
const EXAMPLE = /^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} *(.*)$/gm;

export const examples: readonly Example[] = parseExamples(specification.replaceAll('\r\n', '\n'));

function parseExamples(text: string): readonly Example[] {
  let section = '';
  const found: Example[] = [];
  // The specification writes a tab as an arrow.
  for (const [, markdown, html = '', heading] of text.replaceAll('→', '\t').matchAll(EXAMPLE)) {
    if (markdown === undefined) section = heading ?? '';
    else found.push({ number: found.length + 1, section, markdown, html });
  }
  return found;
}

const INLINE = /<\/?(?:em|strong|code|a|img)(?: [^>]*)?>/g;
const BLOCK = /<\/?(?:p|pre|ul|ol|li|blockquote|h[1-6]|hr|br)(?: [^>]*)?\/?>/g;

/** Characters between words are syntax. */
export function toWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that a reader of the specification's HTML would see. HTML in an answer is shown as text here, so its words count, too. */
export function toVisibleWords({ html }: Example): readonly string[] {
  const text = html
    .replace(INLINE, '')
    .replace(BLOCK, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return toWords(text);
}

/** The SDK's Markdown omits links whose definition is elsewhere in the text. */
export function hasDefinition({ markdown }: Example): boolean {
  return /\[[^\]]*\\?\]+:/.test(markdown);
}
