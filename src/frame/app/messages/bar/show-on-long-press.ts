/** A finger that stays on a message brings its bar up, until another place is touched. */

/** As long as Taro's long press. */
const LONG_PRESS_MS = 350;
const HELD = 'message--held';

/** Returns what ends it. */
export function showOnLongPress(message: Element | null | undefined): () => void {
  if (message == null) return () => {};
  const ending = new AbortController();
  const { signal } = ending;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(timer);
  message.addEventListener(
    'touchstart',
    () => {
      cancel();
      timer = setTimeout(() => message.classList.add(HELD), LONG_PRESS_MS);
    },
    { signal, passive: true },
  );
  for (const type of ['touchmove', 'touchend', 'touchcancel']) message.addEventListener(type, cancel, { signal, passive: true });
  document.addEventListener(
    'touchstart',
    ({ target }) => {
      if (!message.contains(target as Node)) message.classList.remove(HELD);
    },
    // The SDK's field lets none of them out.
    { signal, passive: true, capture: true },
  );
  return () => {
    cancel();
    ending.abort();
  };
}
