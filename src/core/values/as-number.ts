/** Returns a number, which may be written as text; `NaN` for an object. `Number()` throws for one without a prototype, and reads `[]` as 0. */
export function asNumber(value: unknown): number {
  return typeof value === 'object' ? NaN : Number(value);
}
