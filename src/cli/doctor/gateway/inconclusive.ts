import { type CheckResult, failed } from '../finding.js';

/** The request failed for another reason than the one that the check tests. */
export function inconclusive(reason: string, trace: string): CheckResult {
  return failed(`${reason} (${trace}), so nothing is proven.`, 'Mend what is reported, then run the doctor again.');
}
