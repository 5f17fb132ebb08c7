/** Removes insignificant white space from Lit's templates. Other strings are not touched. */
import { parseAst, Visitor } from 'vite';

/** Takes JavaScript code in which `html` is Lit's tag. */
export function minifyTemplates(code: string): string {
  if (!code.includes('html`')) return code;
  const quasis: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type === 'Identifier' && tag.name === 'html') quasis.push(...quasi.quasis);
    },
  }).visit(parseAst(code));
  // From the end, so that a change does not move the positions of the remaining changes.
  return quasis
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end }) => text.slice(0, start) + minifyHtml(text.slice(start, end)) + text.slice(end), code);
}

/** As in JSX, a line break beside a tag is only layout of the source; any other becomes a space. No template contains preformatted text. */
function minifyHtml(text: string): string {
  return text
    .replaceAll(/\n\s*/g, '\n')
    .replaceAll(/\n(?=[<>])/g, '')
    .replaceAll(/(?<=>)\n/g, '')
    .replaceAll('\n', ' ')
    .replaceAll('> <', '><');
}
