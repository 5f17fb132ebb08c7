/** Formats the findings as text or as one JSON object. */
import { styleText } from 'node:util';
import type { CheckId, Finding, FindingStatus } from './finding.js';

/** Whether no check failed; warnings are allowed. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'failed');
}

/** `{"ok": …, "counts": {…}, "checks": [{"id", "title", "status", "explanation", "remedy"?}]}` on one line. */
export function toJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: isHealthy(findings), counts: count(findings), checks: findings })}\n`;
}

/** Colour only repeats the status, which the text states, too. */
export function toText(findings: readonly Finding[], useColour: boolean): string {
  const shown = foldSkipped(findings);
  const width = Math.max(...shown.map(({ title }) => title.length));
  const indent = ' '.repeat(STATUS_WIDTH + width + 4);
  const lines = shown.flatMap(({ status, title, explanation, remedy }) => [
    `${paint(status, status.padEnd(STATUS_WIDTH), useColour)}  ${title.padEnd(width)}  ${explanation}`,
    ...(remedy === undefined ? [] : [`${indent}To do: ${remedy}`]),
  ]);
  return `${[...lines, '', summarise(findings)].join('\n')}\n`;
}

type Line = Pick<Finding, 'title' | 'status' | 'explanation' | 'remedy'>;

/** Combines consecutive checks that were skipped for the same reason into one line with the reason and their titles. */
function foldSkipped(findings: readonly Finding[]): readonly Line[] {
  const runs: [Finding, ...Finding[]][] = [];
  for (const finding of findings) {
    const run = runs.at(-1);
    if (run !== undefined && isSkippedAlike(run[0], finding)) run.push(finding);
    else runs.push([finding]);
  }
  return runs.map(toLine);
}

function isSkippedAlike(first: Finding, next: Finding): boolean {
  return (
    [first, next].every(({ status }) => status === 'skipped') &&
    next.explanation === first.explanation &&
    toArea(next.id) === toArea(first.id)
  );
}

function toLine([first, ...others]: readonly [Finding, ...Finding[]]): Line {
  if (others.length === 0) return first;
  const run = [first, ...others];
  const names = run.map(({ title }) => title.replace(/^(?:Endpoint|Gateway): /, '')).join(', ');
  return { ...first, title: `${toArea(first.id)} (${run.length} checks)`, explanation: `${first.explanation} Not checked: ${names}.` };
}

/** Returns the part of the set-up that a check examines. */
function toArea(id: CheckId): 'Endpoint' | 'Gateway' | 'Set-up' {
  if (id.startsWith('endpoint-')) return 'Endpoint';
  return id.startsWith('gateway-') ? 'Gateway' : 'Set-up';
}

const STATUS_WIDTH = 'skipped'.length;

function summarise(findings: readonly Finding[]): string {
  const { ok, warning, failed, skipped } = count(findings);
  return `${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${failed} failed, ${skipped} skipped.`;
}

function count(findings: readonly Finding[]): Readonly<Record<FindingStatus, number>> {
  const counts = { ok: 0, warning: 0, failed: 0, skipped: 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
}

const STYLES = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' } as const satisfies Record<FindingStatus, string>;

function paint(status: FindingStatus, text: string, useColour: boolean): string {
  // The caller decides, because styleText would examine standard output.
  return useColour ? styleText(STYLES[status], text, { validateStream: false }) : text;
}
