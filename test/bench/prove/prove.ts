import { performance } from 'node:perf_hooks';
import type { Claim } from './claim.js';

export interface Conditions {
  /** Share of the claim's own number of runs. */
  readonly share: number;
  readonly random: () => number;
  /** Keeps the figures of a claim that holds. Those of a refuted claim are not kept. */
  readonly keep: (figures: object) => Promise<void>;
}

export interface Verdict {
  readonly figures: { readonly counterexamples: number } & object;
  readonly counterexamples: readonly string[];
}

/** Checks a claim as often as it says. If the check itself fails, rejects and keeps nothing. */
export async function prove({ claim, times, check }: Claim, { share, random, keep }: Conditions): Promise<Verdict> {
  const count = Math.ceil(times * share);
  if (!(count > 0)) throw new RangeError('A claim that is never checked is not proved.');
  const counterexamples: string[] = [];
  const startedMs = performance.now();
  const details = await check(count, random, (counterexample) => void counterexamples.push(counterexample));
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const figures = { node: process.version, claim, times: count, ...details, counterexamples: counterexamples.length, seconds };
  if (counterexamples.length === 0) await keep(figures);
  return { figures, counterexamples };
}
