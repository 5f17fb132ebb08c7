/** Renders the site's strings, whose only markup is `**strong**` and `` `code` ``. */
import { html } from 'lit';

export interface TextSegment {
  readonly kind: 'plain' | 'strong' | 'code';
  readonly text: string;
}

export function toSegments(sentence: string): readonly TextSegment[] {
  return sentence
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) };
      if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) };
      return { kind: 'plain', text: part };
    });
}

/** Renders a string for a Lit template. */
export const marked = (sentence: string) =>
  toSegments(sentence).map(({ kind, text }) => {
    if (kind === 'strong') return html`<strong>${text}</strong>`;
    return kind === 'code' ? html`<code>${text}</code>` : text;
  });

/** Replaces placeholders, as in `Renewed {count}×`. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
