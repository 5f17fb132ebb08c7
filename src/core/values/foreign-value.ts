/** A value that somebody else has made, as the kind that is expected; empty where it is of another. */

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Of a `Date`, in seconds (ECMA-262, time values). */
const MAX_SECONDS = 8.64e12;

/** 0 where it is no time that can be shown. */
export function asSeconds(value: unknown): number {
  const seconds = typeof value === 'string' ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 && seconds <= MAX_SECONDS ? seconds : 0;
}
