import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { nextFrame } from './next-frame.js';

/**
 * Follows `value`: the first change in a frame at once, what changes after it with the next one. Events of an answer come in bursts, and rendering
 * each of them would keep the first from being painted.
 */
export function useOncePerFrame<Value>(value: Value, schedule = nextFrame): Value {
  const [, render] = useState(0);
  const latest = useRef(value);
  const shown = useRef(value);
  /** While there is one, the frame has its change. */
  const cancel = useRef<() => void>(undefined);
  latest.current = value;
  if (cancel.current === undefined) shown.current = value;
  // An effect after the next frame would leave that frame to the next change.
  useLayoutEffect(() => {
    cancel.current ??= schedule(() => {
      cancel.current = undefined;
      if (latest.current !== shown.current) render((count) => count + 1);
    });
  }, [shown.current]);
  useEffect(() => () => cancel.current?.(), []);
  return shown.current;
}
