/** Content of the button to the newest message: an arrow, and the number of answers since the visitor scrolled up. */
import { useConversationStore } from '@coze/chat-sdk';
import { type JSX, useRef } from 'react';
import { getStrings } from '../../platform/taro/strings.js';

/** A larger number is shown as `99+`. */
const MAX_COUNT = 99;

export interface ToNewestProps {
  /** Whether the visitor has scrolled up. */
  readonly isOffered: boolean;
}

export function ToNewest({ isOffered }: ToNewestProps): JSX.Element {
  const newest = useConversationStore(({ chatMessageGroups }) => chatMessageGroups.at(-1)?.id);
  const known = useRef(newest);
  const count = useConversationStore(({ chatMessageGroups: groups }) => {
    const seen = groups.findLastIndex(({ id }) => id === known.current);
    return isOffered && seen >= 0 ? groups.length - 1 - seen : 0;
  });
  if (!isOffered) known.current = newest;
  const shown = count > MAX_COUNT ? `${MAX_COUNT}+` : String(count);
  return (
    <>
      <span className="visually-hidden">{getStrings().newestMessage}</span>
      <svg className="to-newest" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 19V5m-6 6 6-6 6 6" />
      </svg>
      {count > 0 && <span className="to-newest__count">{shown}</span>}
    </>
  );
}
