/** Taro's RichText. */
import type { RichTextProps } from '@tarojs/components';
import { forwardRef } from 'react';
import { hostProps } from './shared/host-props.js';

/** HTML is text here: what a bot writes never becomes markup. What of the SDK would show it is not built (`build/sdk-source.ts`). */
export const RichText = forwardRef<HTMLDivElement, Omit<RichTextProps, 'ref'>>(function RichText(props, ref) {
  return (
    <div {...hostProps(props, 'ccf-view')} ref={ref}>
      {typeof props.nodes === 'string' ? props.nodes : ''}
    </div>
  );
});
