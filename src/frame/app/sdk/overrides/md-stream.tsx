/** Renders answers with our own renderer. Built in place of the SDK's `md-stream/index.js` (build/sdk-source.ts), with its properties. */
import '../../markdown/markdown.css';
import { type ComponentProps, type JSX, useRef } from 'react';
import type { MdStream as SdkMdStream } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/index.js';
import { lateComponent } from '../../../platform/late-component.js';
import { loadMarkdown } from '../../markdown/load-markdown.js';
import type { MarkdownViewProps } from '../../markdown/render/markdown-view.js';
import { FormattingBoundary } from './formatting-boundary.js';
import { isPlainText } from './is-plain-text.js';
import { PlainText } from './plain-text.js';

/** If the parser cannot be loaded, the text is shown without formatting. */
export const Markdown = lateComponent<MarkdownViewProps>({
  load: () => loadMarkdown().then(({ MarkdownView }) => MarkdownView),
  Placeholder: () => null,
  Fallback: PlainText,
});

export function MdStream({ markdown, isFinish = false, eventCallbacks, ...props }: ComponentProps<typeof SdkMdStream>): JSX.Element {
  const { className, style, taskDisabled, onTaskChange, onMarkdownEnd, onImageClick } = props;
  // A streamed text keeps its component, because another component would start from the beginning.
  const isFormatted = useRef(false);
  isFormatted.current ||= !isFinish || !isPlainText(markdown);

  const plain = <PlainText markdown={markdown} className={className} style={style} />;
  if (!isFormatted.current) return plain;
  return (
    <FormattingBoundary plain={plain} isComplete={isFinish}>
      <Markdown
        markdown={markdown}
        isFinish={isFinish}
        className={className}
        style={style}
        taskDisabled={taskDisabled}
        onTaskChange={onTaskChange}
        onMarkdownEnd={onMarkdownEnd}
        onImageClick={eventCallbacks?.onImageClick ?? onImageClick}
        // The SDK's callbacks are typed for Taro's touch event.
        onLinkClick={eventCallbacks?.onLinkClick as MarkdownViewProps['onLinkClick']}
      />
    </FormattingBoundary>
  );
}
