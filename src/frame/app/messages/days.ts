/** On which day a message was written, and what that day is called. */
import type { ChatMessageGroup } from '@coze/chat-sdk';

const DAY_MS = 86_400_000;
/** Times of the API are in seconds, those of the SDK in milliseconds (SDK `raw-send-message`). No second of this century is that large. */
const FIRST_MILLISECONDS = 1e11;

/** In milliseconds; `undefined` for what has no time: a greeting. */
export function writtenAt({ created_at: time = 0 }: { readonly created_at?: number }): number | undefined {
  if (!(time > 0)) return undefined;
  return time < FIRST_MILLISECONDS ? time * 1_000 : time;
}

/** By the visitor's clock. */
export function startOfDay(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** When the day began on which the turn did. */
export function findDay({ query, respMessages: [answer] }: ChatMessageGroup): number | undefined {
  const time = writtenAt(query ?? answer ?? {});
  return time === undefined ? undefined : startOfDay(time);
}

/** "Today", "Yesterday", else the date, with its year where that is another. */
export function nameDay(day: number, now: number, locale: string): string {
  const today = startOfDay(now);
  // An hour may be missing in between.
  const daysAgo = Math.round((today - day) / DAY_MS);
  if (daysAgo === 0 || daysAgo === 1) return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day'));
  const isThisYear = new Date(day).getFullYear() === new Date(now).getFullYear();
  const format: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  };
  return capitalised(new Intl.DateTimeFormat(locale, format).format(day));
}

/** It stands alone on its line. */
function capitalised(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
