/**
 * The SDK's Markdown, whose parser comes with the first message that needs it: a fifth of the frame, while a bot that says hello in plain words
 * is usable without. Built in place of `md-stream/index.js` (build/sdk-source.ts).
 */
import { type JSX, lazy, Suspense, useRef } from 'react';
import { loadChunk } from '../../../platform/load-chunk.js';
import { FormattingBoundary } from './formatting-boundary.js';
import { isPlainText } from './is-plain-text.js';
import type { MarkdownProps } from './late/md-stream.js';
import { PlainText } from './plain-text.js';

/** Loads the parser. Rejects where it cannot be had. */
export function loadMarkdown(): Promise<{ default: (props: MarkdownProps) => JSX.Element | null }> {
  return loadChunk('md-stream', () => import('./late/md-stream.js').then(({ MdStream }) => ({ default: MdStream })));
}

/** Words without formatting are better than none. */
const Markdown = lazy(() => loadMarkdown().catch(() => ({ default: PlainText })));

export function MdStream(props: MarkdownProps): JSX.Element {
  const { markdown, className, style, isFinish = false } = props;
  // What was streamed stays as it is: another component would begin again.
  const isFormatted = useRef(false);
  isFormatted.current ||= !isFinish || !isPlainText(markdown);
  const plain = <PlainText markdown={markdown} className={className} style={style} />;
  if (!isFormatted.current) return plain;
  return (
    <FormattingBoundary plain={plain} isComplete={isFinish}>
      <Suspense fallback={null}>
        <Markdown {...props} />
      </Suspense>
    </FormattingBoundary>
  );
}
