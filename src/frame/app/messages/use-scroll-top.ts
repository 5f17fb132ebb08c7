/**
 * Where the list of messages is scrolled to. Built in place of the SDK's `scroll-view/use-scroll-top` (src/build/sdk-source.ts), which goes to the
 * newest message twice, the second time after 200 ms: a visitor who goes up meanwhile is taken down again.
 */
import { type MutableRefObject, useMemo, useRef } from 'react';

/** In `column-reverse`, where 0 is the newest message and the list stays there as it grows. */
const NEWEST = 0;
const BESIDE_NEWEST = -1;

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
     * With a delay, the SDK lets go of the newest message once a turn is over. Then a keyboard or a notice, which make the chat smaller, would hide
     * its end: the list stays.
     */
    const delayToSetScroll = (distance: number, delayMs = 0): void => {
      if (delayMs <= 0) scrollToTop(distance);
    };
    const scrollToAnchorBottom = (): void => {
      // There and back, for the SDK learns only from an event that the list is there.
      setTop(BESIDE_NEWEST);
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
