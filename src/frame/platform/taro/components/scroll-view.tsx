/** Taro's ScrollView. */
import type { ScrollViewProps } from '@tarojs/components';
import type { UIEvent } from 'react';
import { forwardRef, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { getStrings } from '../strings.js';
import { hostProps } from './shared/host-props.js';
import { taroEvent } from './shared/taro-event.js';
import { useOverflows } from './shared/use-overflows.js';

/**
 * A scrolling `div`. A changed `scrollTop` scrolls it, in the browser's own coordinates: the SDK lays out its message list with
 * `column-reverse`, where 0 is the newest message and older ones have negative offsets. A tab stop while its content overflows.
 *
 * The SDK uses it only for that list, hence the role `log`. `aria-live` is off, or every streamed word would be announced.
 */
export const ScrollView = forwardRef<HTMLDivElement, Omit<ScrollViewProps, 'ref'>>(function ScrollView(props, ref) {
  const { scrollX, scrollY, scrollTop, lowerThreshold = 50, onScroll, onScrollToLower, children } = props;
  const element = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => element.current as HTMLDivElement, []);
  const last = useRef({ left: 0, top: 0, isAtLowerEnd: false });

  useLayoutEffect(() => {
    if (scrollTop !== undefined && element.current) element.current.scrollTop = scrollTop;
  }, [scrollTop]);

  const handleScroll = (event: UIEvent<HTMLDivElement>): void => {
    const { scrollLeft, scrollTop: top, scrollWidth, scrollHeight, clientHeight } = event.currentTarget;
    const isAtLowerEnd = scrollHeight - clientHeight - Math.abs(top) <= lowerThreshold;
    const { left: lastLeft, top: lastTop, isAtLowerEnd: wasAtLowerEnd } = last.current;
    last.current = { left: scrollLeft, top, isAtLowerEnd };
    const moved = { deltaX: lastLeft - scrollLeft, deltaY: lastTop - top };
    onScroll?.(taroEvent(event, { scrollLeft, scrollTop: top, scrollWidth, scrollHeight, ...moved }));
    if (isAtLowerEnd && !wasAtLowerEnd) onScrollToLower?.(taroEvent(event, { direction: 'bottom' }));
  };

  const host = hostProps(props, `ccf-scroll${scrollX ? ' ccf-scroll--x' : ''}${scrollY ? ' ccf-scroll--y' : ''}`);
  return (
    <div
      role="log"
      aria-live="off"
      aria-label={getStrings().messages}
      tabIndex={useOverflows(element) ? 0 : undefined}
      {...host}
      onScroll={handleScroll}
      ref={element}
    >
      {children}
    </div>
  );
});
