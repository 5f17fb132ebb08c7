/** Taro's RichText. */
import type { RichTextProps } from '@tarojs/components';
import type { MouseEvent } from 'react';
import { forwardRef, useMemo } from 'react';
import { trustedHtml } from '../../../trusted-html.js';
import { hostProps } from './shared/host-props.js';

/** HTML that the SDK has sanitised with `xss`. Taro's other form of `nodes`, an array of objects, the SDK does not use. */
export const RichText = forwardRef<HTMLDivElement, Omit<RichTextProps, 'ref'>>(function RichText(props, ref) {
  const html = typeof props.nodes === 'string' ? props.nodes : '';
  const markup = useMemo(() => ({ __html: trustedHtml(html) }), [html]);
  return <div {...hostProps(props, 'ccf-rich-text')} onClick={openInNewTab} dangerouslySetInnerHTML={markup} ref={ref} />;
});

/** A link must replace neither the chat nor the page around it, whatever its `target` says. */
function openInNewTab({ target }: MouseEvent): void {
  const link = target instanceof Element ? target.closest('a') : null;
  if (link) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
}
