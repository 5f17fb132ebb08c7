/**
 * A link in an answer. Built in place of the SDK's (build/sdk-source.ts), which is a box that calls `window.open`: no address to see, copy or open in
 * another way, and the page it opens can reach into ours.
 */
import type { ComponentProps, JSX } from 'react';
import { useMdStreamContext } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/context/index.js';
import { Phrase } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/index.js';
import { SafeLink, type SafeLinkProps } from './safe-link.js';

export interface MarkdownLinkProps {
  readonly node: { readonly url: string; readonly children: readonly ComponentProps<typeof Phrase>['node'][] };
}

export function Link({ node: { url, children } }: MarkdownLinkProps): JSX.Element {
  const { onLinkClick } = useMdStreamContext().eventCallbacks ?? {};
  // The SDK's callbacks are typed for Taro's touch event.
  const onFollow = onLinkClick && ((event: unknown) => onLinkClick(event as Parameters<typeof onLinkClick>[0], { url }));
  return (
    <SafeLink url={url} onFollow={onFollow satisfies SafeLinkProps['onFollow']}>
      {children.map((child, index) => (
        <Phrase node={child} key={index} />
      ))}
    </SafeLink>
  );
}
