/**
 * One stop for the Tab key in the bars of all messages, else a long conversation would keep who uses the keyboard from the text field. It is in
 * the newest bar, or where the focus is; arrow keys lead on, in a bar and from bar to bar: https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
import { type KeyboardEvent, type RefObject, useLayoutEffect } from 'react';

/** For `aria-keyshortcuts`: those within a toolbar are known. */
export const BETWEEN_BARS = 'ArrowUp ArrowDown';

type Buttons = readonly HTMLButtonElement[];

/** To be put on the bar as `onKeyDown`. */
export function useToolbar(bar: RefObject<HTMLElement>): (event: KeyboardEvent<HTMLElement>) => void {
  // Buttons come and go: the one with the focus stays the stop.
  useLayoutEffect(() => keepStop(findList(bar.current)));
  useLayoutEffect(() => {
    const { current } = bar;
    const list = findList(current);
    return () => keepStop(list, current);
  }, []);

  return (event) => {
    // The SDK's root takes every Space for "start recording" while voice input is on.
    event.stopPropagation();
    const list = findList(event.currentTarget);
    const next = list && findNext(event, list);
    if (list === undefined || next === undefined) return;
    event.preventDefault();
    makeStop(list, next);
    next.focus();
  };
}

function findList(bar: Element | null): Element | undefined {
  return bar?.closest('.messages') ?? undefined;
}

/** Not those of a dialog that a button opens. */
function getButtons(bar: Element): Buttons {
  return [...bar.querySelectorAll<HTMLButtonElement>('.bar__button')];
}

function findBars(list: Element, leaving?: Element | null): readonly Buttons[] {
  const bars = [...list.querySelectorAll('.bar')].filter((bar) => bar !== leaving);
  return bars.map(getButtons).filter(({ length }) => length > 0);
}

function keepStop(list: Element | undefined, leaving?: Element | null): void {
  if (list === undefined) return;
  const bars = findBars(list, leaving);
  const focused = bars.flat().find((button) => button === document.activeElement);
  makeStop(list, focused ?? bars[bars.length - 1]?.[0]);
}

function makeStop(list: Element, stop: HTMLButtonElement | undefined): void {
  for (const button of list.querySelectorAll<HTMLButtonElement>('.bar__button[tabindex="0"]')) button.tabIndex = -1;
  if (stop !== undefined) stop.tabIndex = 0;
}

function findNext({ key, currentTarget, target }: KeyboardEvent<HTMLElement>, list: Element): HTMLButtonElement | undefined {
  const buttons = getButtons(currentTarget);
  const from = buttons.indexOf(target as HTMLButtonElement);
  if (from < 0) return undefined;
  const forward = getComputedStyle(currentTarget).direction === 'rtl' ? -1 : 1;
  const to = { ArrowRight: from + forward, ArrowLeft: from - forward, Home: 0, End: buttons.length - 1 }[key];
  if (to !== undefined) return buttons[(to + buttons.length) % buttons.length];
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step === undefined) return undefined;
  const bars = findBars(list);
  const next = bars[bars.findIndex(([first]) => first === buttons[0]) + step];
  // The same with the next message, where it can be done.
  return next?.find(({ title }) => title === buttons[from]?.title) ?? next?.[0];
}
