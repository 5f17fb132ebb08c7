/** Our goals compared with the raw SDK of the same run. */
import type { Row } from './report.js';

interface Goal {
  readonly ours: string;
  readonly raw: string;
  readonly atMost: number;
}

/** By name. The raw SDK does nothing on hover, so the figures after hovering are compared with its cold click. */
export const goals: Readonly<Record<string, Goal>> = {
  'click → usable, cold': { ours: 'click → usable, cold, ms', raw: 'click → usable, cold, ms', atMost: 0.65 },
  'click → usable, warm': { ours: 'click → usable, warm, ms', raw: 'click → usable, warm, ms', atMost: 0.5 },
  'click → usable, after hover': { ours: 'click → usable, cold, after hover, ms', raw: 'click → usable, cold, ms', atMost: 0.35 },
};

/** Our medians divided by those of the raw SDK. */
export function ratiosOf(rows: Readonly<Record<string, Row>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(goals).map(([name, { ours, raw }]) => {
      const ratio = (rows[ours]?.ours?.median ?? NaN) / (rows[raw]?.['raw SDK']?.median ?? NaN);
      return [name, Number(ratio.toFixed(2))];
    }),
  );
}
