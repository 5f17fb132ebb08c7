/**
 * Scroll position of the list of messages. Built in place of the SDK's `scroll-view/use-scroll-top` (src/build/sdk-source.ts), which
 * scrolls to the newest message twice, the second time after 200 ms, when a visitor may have scrolled up.
 */
import { type MutableRefObject, useMemo, useRef } from 'react';

/** In `column-reverse` 0 is the newest message, and the list stays there while it grows. */
const NEWEST = 0;
const ONE_PIXEL_ABOVE_NEWEST = -1;

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

  return useMemo(() => {
    const setTop = (top: number): void => {
      if (refScrollEl.current) refScrollEl.current.scrollTop = top;
    };
    const scrollToTop = (distance: number): void => setTop(-Math.abs(distance));
    /**
     * The SDK calls this with a delay after a turn, which would detach the list from the newest message. A keyboard or a notice, which make
     * the chat smaller, would then hide its end. Delayed calls are therefore ignored.
     */
    const delayToSetScroll = (distance: number, delayMs = 0): void => {
      if (delayMs <= 0) scrollToTop(distance);
    };
    const scrollToAnchorBottom = (): void => {
      // The SDK learns the position only from a scroll event, which needs a change of the position.
      setTop(ONE_PIXEL_ABOVE_NEWEST);
      setTop(NEWEST);
    };
    return {
      // Constant, because the list scrolls when this value changes.
      scrollTop: NEWEST,
      scrollToTop,
      delayToSetScroll,
      scrollToAnchorBottom,
      onInitScrollEl: (element) => void (refScrollEl.current = element),
      refScrollEl,
    };
  }, []);
}
