import { type CheckResult, failed } from '../finding.js';

/** Something else went wrong than what was tried. */
export function inconclusive(reason: string, trace: string): CheckResult {
  return failed(`${reason} (${trace}), so nothing is proven.`, 'Mend what is reported, then run the doctor again.');
}
