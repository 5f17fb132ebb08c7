/** One stop for the Tab key in a row of buttons: https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/ */
import { type KeyboardEvent, type RefObject, useLayoutEffect } from 'react';

/** To be put on the row as `onKeyDown`. */
export function useToolbar(row: RefObject<HTMLElement>): (event: KeyboardEvent<HTMLElement>) => void {
  const buttons = (): readonly HTMLButtonElement[] => [...(row.current?.querySelectorAll('button') ?? [])];
  const makeStop = (stop: HTMLButtonElement | undefined): void => {
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1;
  };
  // Buttons come and go: the one with the focus stays the stop.
  useLayoutEffect(() => {
    const all = buttons();
    makeStop(all.find((button) => button === document.activeElement) ?? all[0]);
  });

  return (event) => {
    // The SDK's root takes every Space for "start recording" while voice input is on.
    event.stopPropagation();
    const all = buttons();
    const from = all.indexOf(document.activeElement as HTMLButtonElement);
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const to = {
      ArrowRight: isRightToLeft ? from - 1 : from + 1,
      ArrowLeft: isRightToLeft ? from + 1 : from - 1,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (from < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    makeStop(next);
    next?.focus();
  };
}
