/** A box for what may be wider than the chat. Where it is, it can be reached and scrolled by keyboard, and has a name (WCAG 2.1.1). */
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
