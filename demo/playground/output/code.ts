/** Serialises values as code and markup, escaped so that they cannot break out. */
import type { AttributeValue, OptionValue } from './pasted-chat.js';

/** As JavaScript, formatted as by Prettier. `<` is escaped, so that no `</script>` ends the surrounding script. */
export function toCode(value: OptionValue, indent = ''): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item: string) => `${inner}${quote(item)},\n`).join('')}${indent}]`;
  const members = Object.entries(value).map(([name, member]) => `${inner}${name}: ${toCode(member as OptionValue, inner)},\n`);
  return `{\n${members.join('')}${indent}}`;
}

function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('<', '\\u003c');
  return `'${inner}'`;
}

/** Works in HTML, JSX, Vue and Svelte; `{` is escaped because it begins an expression in Svelte. */
export function toMarkup(name: string, value: AttributeValue): string {
  if (value === true) return name;
  const text = String(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('{', '&#123;');
  return `${name}="${text}"`;
}

/** A start tag with one attribute per line. */
export const toTag = (name: string, attributes: readonly string[], indent = ''): string =>
  `<${name}\n${attributes.map((attribute) => `${indent}  ${attribute}\n`).join('')}${indent}`;
