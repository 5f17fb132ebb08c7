/** Taro's `onLongPress`: a finger that stays where it is. */
import type { ViewProps } from '@tarojs/components';
import type { TouchEvent, TouchEventHandler } from 'react';
import { useEffect, useRef } from 'react';
import { taroEvent } from './taro-event.js';

/** Taro's own delay, so that the gesture feels the same. */
const LONG_PRESS_MS = 350;

/** Touch listeners that call `onLongPress`; none if it is absent. */
export function useLongPress(onLongPress: ViewProps['onLongPress']): Record<string, TouchEventHandler<HTMLElement>> {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cancel = (): void => clearTimeout(timer.current);
  useEffect(() => cancel, []);
  if (onLongPress === undefined) return {};

  const start = (event: TouchEvent<HTMLElement>): void => {
    cancel();
    timer.current = setTimeout(onLongPress, LONG_PRESS_MS, taroEvent(event, {}));
  };
  return { onTouchStart: start, onTouchMove: cancel, onTouchEnd: cancel, onTouchCancel: cancel };
}
