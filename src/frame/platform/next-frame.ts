/** Longest wait for an animation frame: a hidden page has none. */
const HIDDEN_FRAME_MS = 100;

/**
 * Calls back once, in the next animation frame or after 100 ms.
 *
 * @returns cancels the call
 */
export function nextFrame(callback: () => void): () => void {
  let isDue = true;
  const run = (): void => {
    if (!isDue) return;
    cancel();
    callback();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, HIDDEN_FRAME_MS);
  const cancel = (): void => {
    isDue = false;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  return cancel;
}
