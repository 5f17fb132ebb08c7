/** Taro's View: a block. */
import type { ViewProps } from '@tarojs/components';
import type { ForwardedRef } from 'react';
import { forwardRef } from 'react';
import { Clickable } from './clickable.js';
import { hostProps } from './shared/host-props.js';
import { localNames } from './shared/local-names.js';

/** A `div`; with `onClick` a button where that is what it is. The ref is the element. */
export const View = forwardRef<HTMLElement, Omit<ViewProps, 'ref'>>(function View(props, ref) {
  const { children, onClick, onLongPress, className } = props;
  // Of what the SDK draws with boxes alone, the one that must be heard.
  const role = localNames(className).includes('chat-toast') ? { role: 'alert' } : {};
  const host = { ...role, ...hostProps(props, 'ccf-view') };
  if (onClick !== undefined || onLongPress !== undefined) {
    return (
      <Clickable tag="div" host={host} hasContent={children != null} onClick={onClick} onLongPress={onLongPress} ref={ref}>
        {children}
      </Clickable>
    );
  }
  return (
    <div {...host} ref={ref as ForwardedRef<HTMLDivElement>}>
      {children}
    </div>
  );
});
