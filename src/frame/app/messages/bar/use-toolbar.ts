/**
 * Gives the bars of all messages a single tab stop. Otherwise keyboard users would have to pass every bar of a long conversation to reach the
 * text field. The stop is in the newest bar, or on the focused button. Arrow keys move within a bar and between bars:
 * https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
import { type KeyboardEvent, type RefObject, useLayoutEffect } from 'react';

/** For `aria-keyshortcuts`, without the keys that every toolbar has. */
export const BETWEEN_BARS = 'ArrowUp ArrowDown';

type Buttons = readonly HTMLButtonElement[];

/** Returns the `onKeyDown` handler of the bar. */
export function useToolbar(bar: RefObject<HTMLElement>): (event: KeyboardEvent<HTMLElement>) => void {
  // After each render, because renders add and remove buttons. A focused button remains the tab stop.
  useLayoutEffect(() => updateTabStop(findList(bar.current)));
  useLayoutEffect(() => {
    const { current } = bar;
    const list = findList(current);
    return () => updateTabStop(list, current);
  }, []);

  return (event) => {
    // The SDK's root takes every Space for "start recording" while voice input is on.
    event.stopPropagation();
    const list = findList(event.currentTarget);
    const next = list && findNext(event, list);
    if (list === undefined || next === undefined) return;
    event.preventDefault();
    setTabStop(list, next);
    next.focus();
  };
}

function findList(bar: Element | null): Element | undefined {
  return bar?.closest('.messages') ?? undefined;
}

/** Returns the buttons of a bar, without those of a dialog that the bar has opened. */
function getButtons(bar: Element): Buttons {
  return [...bar.querySelectorAll<HTMLButtonElement>('.bar__button')];
}

function findBars(list: Element, leaving?: Element | null): readonly Buttons[] {
  const bars = [...list.querySelectorAll('.bar')].filter((bar) => bar !== leaving);
  return bars.map(getButtons).filter(({ length }) => length > 0);
}

function updateTabStop(list: Element | undefined, leaving?: Element | null): void {
  if (list === undefined) return;
  const bars = findBars(list, leaving);
  const focused = bars.flat().find((button) => button === document.activeElement);
  setTabStop(list, focused ?? bars[bars.length - 1]?.[0]);
}

function setTabStop(list: Element, stop: HTMLButtonElement | undefined): void {
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
  // The button with the same action in the other bar, or else the first button there.
  return next?.find(({ title }) => title === buttons[from]?.title) ?? next?.[0];
}
