/** Random stories in the isolation world, in random interleavings. */
import fc from 'fast-check';
import { type Step, anyStep } from './isolation-steps.js';
import { type Engine, IsolationWorld, type WorldKind } from './isolation-world.js';

const stories = fc.array(anyStep, { minLength: 3, maxLength: 14, size: 'max' });

/**
 * Lets the engine live through random stories with random timing; `error` tells the shortest one that breaks a promise (of those that are
 * `counting`).
 */
export async function checkWorld(
  kind: WorldKind,
  engine: Engine,
  parameters: fc.Parameters<[boolean, Step[], fc.Scheduler]>,
  counting = /./,
): Promise<{ readonly failed: boolean; readonly error: string }> {
  const property = fc.asyncProperty(fc.boolean(), stories, fc.scheduler(), (isReady, steps, scheduler) =>
    new IsolationWorld(kind, engine, scheduler, counting).live(isReady, steps),
  );
  const details = await fc.check(property, parameters);
  return { failed: details.failed, error: details.failed ? `${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}` : '' };
}
