/** DOM events in the form that the SDK reads. */
import type { BaseEventOrig } from '@tarojs/components';
import type { SyntheticEvent } from 'react';

/** The event of a Taro component: the DOM event's members plus Taro's `detail`. */
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
