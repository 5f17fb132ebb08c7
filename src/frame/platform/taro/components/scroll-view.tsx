/** Taro's ScrollView. */
import type { ScrollViewProps } from '@tarojs/components';
import type { UIEvent } from 'react';
import { forwardRef, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { getStrings } from '../strings.js';
import { hostProps } from './shared/host-props.js';
import { taroEvent } from './shared/taro-event.js';
import { useOverflows } from './shared/use-overflows.js';

/**
 * A scrolling `div`. A changed `scrollTop` scrolls it, in the browser's own coordinates: the SDK lays its message list out with
 * `column-reverse`, where 0 is the newest message and older ones lie at negative offsets. A stop for the Tab key as long as it scrolls.
 *
 * That list is all the SDK uses it for, hence a log. Not a live one: it would be read aloud with every word that streams in.
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
