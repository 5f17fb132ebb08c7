/** Tells the parser the labels that are defined in other parts of the document. */
import type { Extension } from 'micromark-util-types';

/** Replaces micromark's array by a set, because labels are looked up for each bracket. */
class Labels {
  readonly #labels: Set<string>;

  constructor(labels: Iterable<string>) {
    this.#labels = new Set(labels);
  }

  includes(label: string): boolean {
    return this.#labels.has(label);
  }

  [Symbol.iterator](): SetIterator<string> {
    return this.#labels.values();
  }

  push(...labels: readonly string[]): number {
    for (const label of labels) this.#labels.add(label);
    return this.#labels.size;
  }
}

interface Parser {
  defined: Pick<Labels, 'includes' | 'push'>;
  gfmFootnotes?: Iterable<string>;
}

/** The labels of links and footnotes are in micromark's normal form. */
export function knownLabels(links: Iterable<string>, footnotes: Iterable<string>): Extension {
  let isKnown = false;
  return {
    document: {
      // Runs at the start of each line, before the parser looks up a label, but after a footnote on the first line; matches nothing.
      null: {
        partial: true,
        tokenize(_effects, _ok, nok) {
          const parser: Parser = this.parser;
          if (!isKnown) {
            isKnown = true;
            parser.defined = new Labels(links);
            parser.gfmFootnotes = new Labels([...(parser.gfmFootnotes ?? []), ...footnotes]);
          }
          return nok;
        },
      },
    },
  };
}
