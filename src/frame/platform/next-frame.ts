/** How long a frame may not come before its work is done without one: a page out of sight has none. */
const HIDDEN_FRAME_MS = 100;

/** @returns cancels it */
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
