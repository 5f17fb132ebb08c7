/** CommonMark's published examples, and what of their text a reader must find whatever it looks like. */
import specification from 'commonmark-spec/spec.txt?raw';

export interface Example {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
  /** As the specification wants it. */
  readonly html: string;
}

/** As the specification's own `spec_tests.py` finds them: between fences of 32 backticks, Markdown above a line with a full stop, HTML below. */
const EXAMPLE = /^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} *(.*)$/gm;

export const examples: readonly Example[] = parseExamples(specification.replaceAll('\r\n', '\n'));

function parseExamples(text: string): readonly Example[] {
  let section = '';
  const found: Example[] = [];
  // As the specification shows a tab.
  for (const [, markdown, html = '', heading] of text.replaceAll('→', '\t').matchAll(EXAMPLE)) {
    if (markdown === undefined) section = heading ?? '';
    else found.push({ number: found.length + 1, section, markdown, html });
  }
  return found;
}

const INLINE = /<\/?(?:em|strong|code|a|img)(?: [^>]*)?>/g;
const BLOCK = /<\/?(?:p|pre|ul|ol|li|blockquote|h[1-6]|hr|br)(?: [^>]*)?\/?>/g;

/** What stands between them is the format's. */
export function toWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Of what a reader of the specification's HTML would see. HTML in an answer is text here, so that its words count, too. */
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

/** The SDK's Markdown leaves links out that are defined elsewhere in the text. */
export function hasDefinition({ markdown }: Example): boolean {
  return /\[[^\]]*\\?\]+:/.test(markdown);
}
