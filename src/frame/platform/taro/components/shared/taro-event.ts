/** DOM events in the shape the SDK reads. */
import type { BaseEventOrig } from '@tarojs/components';
import type { SyntheticEvent } from 'react';

/** The event a Taro component fires: the DOM event's facts plus Taro's `detail`. */
export function taroEvent<Detail>(event: SyntheticEvent<HTMLElement>, detail: Detail): BaseEventOrig<Detail> {
  const { type, timeStamp, currentTarget } = event;
  return {
    type,
    timeStamp,
    detail,
    target: event.target as HTMLElement,
    currentTarget,
    preventDefault: () => event.preventDefault(),
    stopPropagation: () => event.stopPropagation(),
  };
}
