/** Taro's View: a block. */
import { forwardRef } from 'react';
import type { ForwardedRef } from 'react';
import type { ViewProps } from '@tarojs/components';
import { Clickable } from './clickable.js';
import { hostProps } from './host-props.js';

/** A `div`; with `onClick` a button where that is what it is. The ref is the element. */
export const View = forwardRef<HTMLElement, Omit<ViewProps, 'ref'>>(function View(props, ref) {
  const { children, onClick, onLongPress } = props;
  const host = hostProps(props, 'ccf-view');
  if (onClick === undefined && onLongPress === undefined) {
    return (
      <div {...host} ref={ref as ForwardedRef<HTMLDivElement>}>
        {children}
      </div>
    );
  }
  return (
    <Clickable tag="div" host={host} hasContent={children != null} onClick={onClick} onLongPress={onLongPress} ref={ref}>
      {children}
    </Clickable>
  );
});
