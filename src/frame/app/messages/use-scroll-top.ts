/**
 * Where the list of messages is scrolled to. Built in place of the SDK's `scroll-view/use-scroll-top` (src/build/sdk-source.ts), which goes to the
 * newest message twice, the second time after 200 ms, and lets go of it after another 50: a visitor who goes up meanwhile is taken down again.
 */
import { type MutableRefObject, useEffect, useMemo, useRef } from 'react';

/** In `column-reverse`, where 0 is the newest message and the list stays there as it grows. */
const NEWEST = 0;
/** Where growing moves nothing that is seen: there the browser holds on to what is shown. */
const RELEASED = -1;

export interface ScrollTop {
  readonly scrollTop: number;
  readonly scrollToTop: (distance: number) => void;
  readonly delayToSetScroll: (distance: number, delayMs?: number) => void;
  readonly scrollToAnchorBottom: () => void;
  readonly onInitScrollEl: (element: HTMLDivElement | null) => void;
  readonly refScrollEl: MutableRefObject<HTMLDivElement | null>;
}

export function useScrollTop(): ScrollTop {
  const refScrollEl = useRef<HTMLDivElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  return useMemo(() => {
    const setTop = (top: number): void => {
      if (refScrollEl.current) refScrollEl.current.scrollTop = top;
    };
    const scrollToTop = (distance: number): void => setTop(-Math.abs(distance));
    const delayToSetScroll = (distance: number, delayMs = 0): void => {
      clearTimeout(timer.current);
      if (delayMs <= 0) return scrollToTop(distance);
      // Of use to nobody but those who still are where they were.
      timer.current = setTimeout(() => refScrollEl.current?.scrollTop === NEWEST && scrollToTop(distance), delayMs);
    };
    const scrollToAnchorBottom = (): void => {
      clearTimeout(timer.current);
      // There and back, for the SDK learns only from an event that the list is there.
      setTop(RELEASED);
      setTop(NEWEST);
    };
    return {
      // What is given anew moves the list; this never is.
      scrollTop: NEWEST,
      scrollToTop,
      delayToSetScroll,
      scrollToAnchorBottom,
      onInitScrollEl: (element) => void (refScrollEl.current = element),
      refScrollEl,
    };
  }, []);
}
