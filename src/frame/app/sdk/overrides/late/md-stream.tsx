/** The SDK's Markdown with all that it needs to read an answer. */
import type { ComponentProps, JSX } from 'react';
import { MdStream as SdkMdStream } from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/index.js';
import { loadMissingReferences } from './character-references.js';

export type MarkdownProps = ComponentProps<typeof SdkMdStream>;

export function MdStream(props: MarkdownProps): JSX.Element | null {
  const missing = loadMissingReferences(props.markdown);
  // Suspense keeps what has been shown, and goes on once it is there.
  if (missing !== undefined) throw missing;
  return <SdkMdStream {...props} />;
}
