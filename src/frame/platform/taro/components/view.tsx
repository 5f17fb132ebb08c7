/** Taro's View: a block. */
import type { ViewProps } from '@tarojs/components';
import type { ForwardedRef } from 'react';
import { forwardRef } from 'react';
import { Clickable } from './clickable.js';
import { hostProps } from './shared/host-props.js';
import { localNames } from './shared/local-names.js';

/** A `div`; with `onClick` a button if it is a control. The ref is the element. */
export const View = forwardRef<HTMLElement, Omit<ViewProps, 'ref'>>(function View(props, ref) {
  const { children, onClick, onLongPress, className } = props;
  // The SDK's toast is a plain box and needs a role to be announced.
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
