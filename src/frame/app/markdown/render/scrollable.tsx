/** A box for content that may be wider than the chat. If it is, the box is a tab stop with a name, and keys scroll it (WCAG 2.1.1). */
import { type JSX, type ReactNode, useRef } from 'react';
import { useOverflows } from '../../../platform/taro/components/shared/use-overflows.js';

export interface ScrollableProps {
  readonly name: string;
  readonly className: string;
  readonly children: ReactNode;
}

export function Scrollable({ name, className, children }: ScrollableProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const stop = useOverflows(box) ? { role: 'group', 'aria-label': name, tabIndex: 0 } : {};
  return (
    <div className={`md-scroll ${className}`} ref={box} {...stop}>
      {children}
    </div>
  );
}
