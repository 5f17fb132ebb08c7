/** The day of a message, and its name. */
import type { ChatMessageGroup } from '@coze/chat-sdk';

const DAY_MS = 86_400_000;
/** The API's times are in seconds, the SDK's in milliseconds (SDK `raw-send-message`). Times in seconds stay below this until the year 5138. */
const MAX_SECONDS = 1e11;

/** Returns the time of a message in milliseconds; `undefined` for a message without a time, such as a greeting. */
export function writtenAt({ created_at: time = 0 }: { readonly created_at?: number }): number | undefined {
  if (!(time > 0)) return undefined;
  return time < MAX_SECONDS ? time * 1_000 : time;
}

/** Returns the start of a day in the visitor's time zone, in milliseconds. */
export function startOfDay(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** Returns the start of the day on which the turn began; `undefined` if the turn has no time. */
export function findDay({ query, respMessages: [answer] }: ChatMessageGroup): number | undefined {
  const time = writtenAt(query ?? answer ?? {});
  return time === undefined ? undefined : startOfDay(time);
}

/** Returns "Today", "Yesterday", or the date, with the year if that is not the present one. */
export function nameDay(day: number, now: number, locale: string): string {
  const today = startOfDay(now);
  // Rounded, because a day may have 23 or 25 hours.
  const daysAgo = Math.round((today - day) / DAY_MS);
  if (daysAgo === 0 || daysAgo === 1)
    return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day'), locale);
  const isThisYear = new Date(day).getFullYear() === new Date(now).getFullYear();
  const format: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  };
  return capitalised(new Intl.DateTimeFormat(locale, format).format(day), locale);
}

/** Capitalises a name that is alone on its line. */
function capitalised(text: string, locale: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}
