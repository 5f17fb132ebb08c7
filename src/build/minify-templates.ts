/** Whitespace in Lit's templates that means nothing in HTML is left out of the bundle. Other strings are not touched. */
import { parseAst, Visitor } from 'vite';

/** Of JavaScript code, in which `html` is Lit's tag. */
export function minifyTemplates(code: string): string {
  if (!code.includes('html`')) return code;
  const quasis: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type === 'Identifier' && tag.name === 'html') quasis.push(...quasi.quasis);
    },
  }).visit(parseAst(code));
  // From the end, so that a change does not move what is still to be changed.
  return quasis
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end }) => text.slice(0, start) + minifyHtml(text.slice(start, end)) + text.slice(end), code);
}

/** As in JSX, a line break beside a tag is layout of the source; any other stands for a space. Nothing here is preformatted. */
function minifyHtml(text: string): string {
  return text
    .replaceAll(/\n\s*/g, '\n')
    .replaceAll(/\n(?=[<>])/g, '')
    .replaceAll(/(?<=>)\n/g, '')
    .replaceAll('\n', ' ')
    .replaceAll('> <', '><');
}
