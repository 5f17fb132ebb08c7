/**
 * Keeps the mouse wheel over the chat from scrolling the page behind it. `overscroll-behavior` does not suffice: over parts that cannot scroll, it
 * works only in Chromium.
 */

/** Listener for `wheel` on a part of the chat, or on its frame's window. */
export function holdWheel(event: WheelEvent): void {
  const { deltaY, ctrlKey, currentTarget } = event;
  const path = event.composedPath();
  const inside = path.slice(0, path.indexOf(currentTarget as EventTarget));
  // With Ctrl, the event zooms. Horizontal scrolling, such as of a wide table, is left to the browser.
  if (!ctrlKey && deltaY && !inside.some((target) => canScroll(target, deltaY))) event.preventDefault();
}

function canScroll(target: EventTarget, deltaY: number): boolean {
  // Not `instanceof`: an element of the frame is no instance of the page's classes.
  if (!('scrollTop' in target)) return false;
  const { scrollTop, scrollHeight, clientHeight } = target as Element;
  const { overflowY, flexDirection } = getComputedStyle(target as Element);
  const length = scrollHeight - clientHeight;
  // With `column-reverse`, `scrollTop` is 0 at the bottom and negative above. Positions may be fractions, and may end 1 px before the edge.
  const position = flexDirection === 'column-reverse' ? scrollTop + length : scrollTop;
  return /auto|scroll/.test(overflowY) && (deltaY < 0 ? position > 1 : position < length - 1);
}
