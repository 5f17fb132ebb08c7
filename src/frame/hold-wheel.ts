/**
 * What is scrolled in the chat does not go on with the page behind it, also where nothing can be scrolled: there `overscroll-behavior` holds in
 * Chromium alone.
 */

/** Listens to `wheel` at a part of the chat, or at its frame's window. */
export function holdWheel(event: WheelEvent): void {
  const { deltaY, ctrlKey, currentTarget } = event;
  const path = event.composedPath();
  const inside = path.slice(0, path.indexOf(currentTarget as EventTarget));
  // With the key it is a zoom; what is wide, such as a table, is left to the browser.
  if (!ctrlKey && deltaY && !inside.some((place) => canScroll(place, deltaY))) event.preventDefault();
}

function canScroll(place: EventTarget, deltaY: number): boolean {
  // By what it has: the frame has classes of its own.
  if (!('scrollTop' in place)) return false;
  const { scrollTop, scrollHeight, clientHeight } = place as Element;
  const { overflowY, flexDirection } = getComputedStyle(place as Element);
  const length = scrollHeight - clientHeight;
  // From below, positions are counted down from 0. They need not be whole pixels, nor come quite to the end.
  const position = flexDirection === 'column-reverse' ? scrollTop + length : scrollTop;
  return /auto|scroll/.test(overflowY) && (deltaY < 0 ? position > 1 : position < length - 1);
}
