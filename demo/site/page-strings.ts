/** Fills a page's elements with its strings: `data-text="key"` is the element's content, `data-label="key"` its `aria-label`. */
import { render } from 'lit';
import { fill, marked, toSegments } from './marked-text.js';

type Strings = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

export function showStrings(root: ParentNode, strings: Strings, values: Values): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]')) {
    const content = document.createDocumentFragment();
    render(marked(fill(strings[element.dataset['text'] ?? ''] ?? '', values)), content);
    element.replaceChildren(content);
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-label]')) {
    element.setAttribute('aria-label', strings[element.dataset['label'] ?? ''] ?? '');
  }
}

/** The page's HTML with its strings filled in, so that it is readable before its script runs, and without it. Throws for an unknown key. */
export function writeStrings(page: string, strings: Strings, values: Values): string {
  const find = (key: string): string => {
    const sentence = strings[key];
    if (sentence === undefined) throw new Error(`There is no string "${key}".`);
    return fill(sentence, values);
  };
  return page
    .replaceAll(/(<[^>]*\bdata-text="(\w+)"[^>]*>)\s*(?=<\/)/g, (_, tag: string, key: string) => tag + toHtml(find(key)))
    .replaceAll(/\bdata-label="(\w+)"/g, (attribute, key: string) => `${attribute} aria-label="${escapeHtml(find(key))}"`);
}

const toHtml = (sentence: string): string =>
  toSegments(sentence)
    .map(({ kind, text }) => (kind === 'plain' ? escapeHtml(text) : `<${kind}>${escapeHtml(text)}</${kind}>`))
    .join('');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
