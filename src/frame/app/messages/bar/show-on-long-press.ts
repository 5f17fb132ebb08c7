/** Shows the bar of a message after a long press, until the visitor touches another place. */

/** Duration of Taro's long press. */
const LONG_PRESS_MS = 350;
const HELD_CLASS = 'message--held';

/** Returns a function that removes the listeners. */
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
      timer = setTimeout(() => message.classList.add(HELD_CLASS), LONG_PRESS_MS);
    },
    { signal, passive: true },
  );
  for (const type of ['touchmove', 'touchend', 'touchcancel']) message.addEventListener(type, cancel, { signal, passive: true });
  document.addEventListener(
    'touchstart',
    ({ target }) => {
      if (!message.contains(target as Node)) message.classList.remove(HELD_CLASS);
    },
    // In the capture phase, because the SDK's field stops propagation.
    { signal, passive: true, capture: true },
  );
  return () => {
    cancel();
    ending.abort();
  };
}
