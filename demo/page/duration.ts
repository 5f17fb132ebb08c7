import { fill } from '../site/marked-text.js';
import type { PreviewStrings } from './strings/en.js';

/** 15 → `15 s`, 300 → `5 min`, 86 399 → `24 h`. */
export function formatLife(seconds: number, strings: PreviewStrings): string {
  if (seconds < 60) return fill(strings.seconds, { count: seconds });
  if (seconds < 3600) return fill(strings.minutes, { count: Math.round(seconds / 60) });
  return fill(strings.hours, { count: Math.round(seconds / 3600) });
}

/** 75 → `1:15`, 3675 → `1:01:15`. */
export function formatCountdown(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const padded = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`;
}

export const formatTime = (ms: number): string => new Date(ms).toLocaleTimeString('en-GB');
