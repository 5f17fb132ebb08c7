/** Formulas as MathML. Until `typesetFormula` is loaded, or if it cannot typeset a formula, the whole source is shown. */
import { type JSX, useEffect, useRef, useState } from 'react';
import { loadChunk } from '../../../platform/load-chunk.js';
import { retryWhenOnline } from '../../../platform/retry-when-online.js';
import { useMarkdown } from './markdown-context.js';
import { Scrollable } from './scrollable.js';

export interface FormulaProps {
  readonly source: string;
}

export function Formula({ source, isDisplay }: FormulaProps & { readonly isDisplay: boolean }): JSX.Element {
  return <Typeset source={source} isDisplay={isDisplay} />;
}

export function DisplayFormula({ source }: FormulaProps): JSX.Element {
  const { strings } = useMarkdown();
  return (
    <Scrollable name={strings.formula} className="md-formula">
      <Typeset source={source} isDisplay />
    </Scrollable>
  );
}

/** The time of Temml's patterns grows with the square of a formula's length. The source of a longer formula is shown. */
const MAX_SET_LENGTH = 1_000;

function Typeset({ source, isDisplay }: FormulaProps & { readonly isDisplay: boolean }): JSX.Element {
  const place = useRef<HTMLSpanElement>(null);
  const [typesetSource, setTypesetSource] = useState<string>();
  useEffect(() => {
    if (source.length > MAX_SET_LENGTH) return undefined;
    let isLatest = true;
    const stop = retryWhenOnline(() =>
      loadChunk('set-formula', () => import('./set-formula.js')).then(
        ({ typesetFormula }) => {
          if (isLatest && place.current !== null && typesetFormula(source, place.current, isDisplay)) setTypesetSource(source);
          return 'succeeded';
        },
        () => 'failed',
      ),
    );
    return () => {
      isLatest = false;
      stop();
    };
  }, [source, isDisplay]);
  return (
    <span className="md-math" dir="ltr">
      <span ref={place} hidden={typesetSource !== source} />
      {typesetSource !== source && <code>{source}</code>}
    </span>
  );
}
