/** Taro's ScrollView. */
import { forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject, UIEvent } from 'react';
import type { ScrollViewProps } from '@tarojs/components';
import { hostProps } from './host-props.js';
import { taroEvent } from './taro-event.js';

/**
 * A scrolling `div`. A changed `scrollTop` scrolls it, in the browser's own coordinates: the SDK lays its message list out with
 * `column-reverse`, where 0 is the newest message and older ones lie at negative offsets. A stop for the Tab key as long as it scrolls.
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
    <div tabIndex={useOverflows(element) ? 0 : undefined} {...host} onScroll={handleScroll} ref={element}>
      {children}
    </div>
  );
});

/** Whether the content is larger than its box, now and after either changes size. */
function useOverflows(element: RefObject<HTMLElement>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setOverflows(box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth));
    for (const observed of [box, ...box.children]) observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return overflows;
}
