/**
 * The SDK's Markdown, whose parser comes with the first message that needs it: a fifth of the frame, while a bot that says hello in plain words
 * is usable without. Built in place of `md-stream/index.js` (build/sdk-source.ts).
 */
import { type ComponentProps, type JSX, lazy, Suspense, useRef } from 'react';
import type { MdStream as SdkMdStream } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/index.js';
import { isPlainText } from './is-plain-text.js';
import { PlainText } from './plain-text.js';

type MarkdownProps = ComponentProps<typeof SdkMdStream>;

/** Loads the parser, once; where that fails, words without formatting are better than none. */
export const loadMarkdown = (): Promise<{ default: (props: MarkdownProps) => JSX.Element | null }> =>
  import('../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/index.js').then(
    ({ MdStream: Markdown }) => ({ default: (props) => <Markdown {...props} /> }),
    () => ({ default: PlainText }),
  );

const Markdown = lazy(loadMarkdown);

export function MdStream(props: MarkdownProps): JSX.Element {
  const { markdown, className, style, isFinish = false } = props;
  // What was streamed stays as it is: another component would begin again.
  const isFormatted = useRef(false);
  isFormatted.current ||= !isFinish || !isPlainText(markdown);
  if (!isFormatted.current) return <PlainText markdown={markdown} className={className} style={style} />;
  return (
    <Suspense fallback={null}>
      <Markdown {...props} />
    </Suspense>
  );
}
