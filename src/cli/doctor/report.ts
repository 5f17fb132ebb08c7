/** Formats the findings as text or as one JSON object. */
import { styleText } from 'node:util';
import type { Finding, FindingStatus } from './finding.js';

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
  const shown = foldGateway(findings);
  const width = Math.max(...shown.map(({ title }) => title.length));
  const indent = ' '.repeat(STATUS_WIDTH + width + 4);
  const lines = shown.flatMap(({ status, title, explanation, remedy }) => [
    `${paint(status, status.padEnd(STATUS_WIDTH), useColour)}  ${title.padEnd(width)}  ${explanation}`,
    ...(remedy === undefined ? [] : [`${indent}To do: ${remedy}`]),
  ]);
  return `${[...lines, '', summarise(findings)].join('\n')}\n`;
}

/** Most sites have no gateway: then all its checks are shown as one line. */
function foldGateway(findings: readonly Finding[]): readonly Pick<Finding, 'title' | 'status' | 'explanation' | 'remedy'>[] {
  const ofGateway = findings.filter(({ id }) => id.startsWith('gateway-'));
  const [first, ...others] = ofGateway;
  if (first?.status !== 'skipped' || !others.every(({ status, explanation }) => status === 'skipped' && explanation === first.explanation))
    return findings;
  return findings.flatMap((finding) => {
    if (finding === first) return [{ ...first, title: `Gateway (${ofGateway.length} checks)` }];
    return others.includes(finding) ? [] : [finding];
  });
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
