/** A block of code with its language, a button that copies it, and colours once their code is loaded. */
import Taro from '@tarojs/taro';
import { type JSX, useEffect, useState } from 'react';
import { loadChunk } from '../../../../platform/load-chunk.js';
import { retryWhenOnline } from '../../../../platform/retry-when-online.js';
import { useMarkdown } from '../markdown-context.js';
import { Scrollable } from '../scrollable.js';
import type { ColouredText } from './colour-code.js';

/** Longer code stays plain: it would have too many elements to colour again with every piece that arrives. */
const MAX_COLOURED_LENGTH = 20_000;

export interface CodeBlockProps {
  readonly source: string;
  readonly language: string;
}

export function CodeBlock({ source, language }: CodeBlockProps): JSX.Element {
  const { strings } = useMarkdown();
  const coloured = useColours(source, language);
  return (
    <figure className="md-code" dir="ltr">
      <figcaption>
        <span>{language}</span>
        <button type="button" onClick={() => void Taro.setClipboardData({ data: source })}>
          {strings.copy}
        </button>
      </figcaption>
      <Scrollable name={strings.code} className="md-code__scroll">
        <pre>
          <code>{coloured === undefined ? source : <Coloured parts={coloured} />}</code>
        </pre>
      </Scrollable>
    </figure>
  );
}

/** Keeps the colours of the text so far while more arrives. Only the new text is plain until it is coloured. */
function useColours(source: string, language: string): readonly ColouredText[] | undefined {
  const [coloured, setColoured] = useState<{ readonly source: string; readonly parts: readonly ColouredText[] }>();
  useEffect(() => {
    if (language === '' || source.length > MAX_COLOURED_LENGTH) return undefined;
    let isLatest = true;
    const stop = retryWhenOnline(() =>
      loadChunk('colour-code', () => import('./colour-code.js')).then(
        ({ colour }) => {
          const parts = colour(language, source);
          if (isLatest && parts !== undefined) setColoured({ source, parts });
          return 'succeeded';
        },
        // Code stays plain until an attempt succeeds.
        () => 'failed',
      ),
    );
    return () => {
      isLatest = false;
      stop();
    };
  }, [source, language]);
  if (coloured === undefined || !source.startsWith(coloured.source)) return undefined;
  return [...coloured.parts, source.slice(coloured.source.length)];
}

function Coloured({ parts }: { readonly parts: readonly ColouredText[] }): JSX.Element {
  return (
    <>
      {parts.map((part, index) =>
        typeof part === 'string' ? (
          part
        ) : (
          <span className={part.className} key={index}>
            {part.text}
          </span>
        ),
      )}
    </>
  );
}
