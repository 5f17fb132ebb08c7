import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { nextFrame } from './next-frame.js';

/**
 * Returns `value`, but changes at most once in each animation frame: the first change takes effect at once, later ones with the next frame. Events of
 * an answer arrive in bursts, and if each were rendered, the first would be painted late.
 */
export function useOncePerFrame<Value>(value: Value, schedule = nextFrame): Value {
  const [, render] = useState(0);
  const latest = useRef(value);
  const shown = useRef(value);
  /** Set while the current frame has already had its change. */
  const cancel = useRef<() => void>(undefined);
  latest.current = value;
  if (cancel.current === undefined) shown.current = value;
  // A layout effect: a later effect runs after the frame, and until then a second change would take effect at once, too.
  useLayoutEffect(() => {
    cancel.current ??= schedule(() => {
      cancel.current = undefined;
      if (latest.current !== shown.current) render((count) => count + 1);
    });
  }, [shown.current]);
  useEffect(() => () => cancel.current?.(), []);
  return shown.current;
}
