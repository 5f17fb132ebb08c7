/** Random scenarios for the isolation harness, in random interleavings. */
import fc from 'fast-check';
import { type Collaborators, Harness, type LoginKind } from './isolation-harness.js';
import { anyStep, type Step } from './isolation-steps.js';

const scenarios = fc.array(anyStep, { minLength: 3, maxLength: 14, size: 'max' });

export interface ScenarioCheck extends fc.Parameters<[boolean, Step[], fc.Scheduler]> {
  /** Faulty collaborators, created for each scenario. None by default. */
  readonly inject?: () => Partial<Collaborators>;
  /** Which violations count. All by default. */
  readonly counting?: RegExp;
}

/** Runs a session through random scenarios with random timing; `error` is the shortest scenario that violates a promise. */
export async function checkScenarios(
  kind: LoginKind,
  { inject = () => ({}), counting = /./, ...parameters }: ScenarioCheck,
): Promise<{ readonly failed: boolean; readonly error: string }> {
  const property = fc.asyncProperty(fc.boolean(), scenarios, fc.scheduler(), (isReady, steps, scheduler) =>
    new Harness(kind, inject(), scheduler, counting).run(isReady, steps),
  );
  const details = await fc.check(property, parameters);
  return { failed: details.failed, error: details.failed ? `${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}` : '' };
}
