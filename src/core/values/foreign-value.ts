/** Reads a value from outside as the expected type. The result is empty if the value has another type. */

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A number may be written as text. `NaN` for an object: `Number()` throws for one without a prototype, and reads `[]` as 0. */
export function asNumber(value: unknown): number {
  return typeof value === 'object' ? NaN : Number(value);
}

/** Largest time value of a `Date`, in seconds (ECMA-262, time values). */
const MAX_SECONDS = 8.64e12;

/** Returns 0 if the value is no time that a `Date` can hold. */
export function asSeconds(value: unknown): number {
  const seconds = typeof value === 'string' ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 && seconds <= MAX_SECONDS ? seconds : 0;
}
