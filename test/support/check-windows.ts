/** Runs random scenarios in three windows of one browser, up to a number of steps. */
import fc from 'fast-check';
import { type Bounds, IsolationWindows, type WindowCollaborators } from './isolation-windows.js';
import { anyWindowStep } from './window-steps.js';

/** As documented in "When the visitor changes". */
export const BOUNDS: Bounds = {
  sentMs: 30_000,
  sentInOutageMs: 3_600_000,
  shownMs: 32_500,
  shownInOutageMs: [3_780_000, 180_000],
  shownAfterMessageMs: 2_500,
};

const STEPS_PER_SCENARIO = 20;

export interface WindowCheck extends Pick<fc.Parameters, 'endOnFailure'> {
  readonly leastSteps: number;
  readonly seed?: number;
  readonly bounds?: Partial<Bounds>;
  /** Faulty collaborators of each window; none by default. */
  readonly inject?: Partial<WindowCollaborators>;
}

/** `error` is the shortest scenario that breaks a bound. */
export async function checkWindows({
  leastSteps,
  seed,
  bounds,
  inject,
  ...parameters
}: WindowCheck): Promise<{ failed: boolean; error: string; steps: number }> {
  let steps = 0;
  const scenario = fc.array(anyWindowStep, { minLength: STEPS_PER_SCENARIO, maxLength: 2 * STEPS_PER_SCENARIO, size: 'max' });
  const property = fc.asyncProperty(scenario, async (taken) => {
    steps += taken.length;
    await new IsolationWindows({ ...BOUNDS, ...bounds }, inject).run(taken);
  });
  const details = await fc.check(property, {
    ...parameters,
    numRuns: Math.ceil(leastSteps / STEPS_PER_SCENARIO),
    ...(seed !== undefined && { seed }),
  });
  const error = details.failed ? `${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}` : '';
  return { failed: details.failed, error, steps };
}
