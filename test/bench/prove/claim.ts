/** A claim about the endpoint that is checked many times. */

export interface Claim {
  readonly claim: string;
  readonly times: number;
  /** Calls `refute` for each counterexample. The result is kept with the figures. */
  readonly check: (times: number, random: () => number, refute: (counterexample: string) => void) => Promise<object>;
}

/** Runs `step` for 0…times-1, a thousand at once. */
export async function inBatches(times: number, step: (index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < times; start += 1000) {
    await Promise.all(Array.from({ length: Math.min(1000, times - start) }, (_, offset) => step(start + offset)));
  }
}

export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
