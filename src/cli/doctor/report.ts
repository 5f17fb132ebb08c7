/** The findings as text for people or as one JSON object for programs. */
import type { Finding, FindingStatus } from './finding.js';

/** Whether nothing failed; a warning is no failure. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'failed');
}

/** `{"ok": …, "counts": {…}, "checks": [{"id", "title", "status", "explanation", "remedy"?}]}` on one line. */
export function toJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: isHealthy(findings), counts: count(findings), checks: findings })}\n`;
}

/** The words alone say everything; colour only helps to find the place. */
export function toText(findings: readonly Finding[], useColour: boolean): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const indent = ' '.repeat(STATUS_WIDTH + width + 4);
  const lines = findings.flatMap(({ status, title, explanation, remedy }) => [
    `${paint(status, status.padEnd(STATUS_WIDTH), useColour)}  ${title.padEnd(width)}  ${explanation}`,
    ...(remedy === undefined ? [] : [`${indent}To do: ${remedy}`]),
  ]);
  return `${[...lines, '', summarise(findings)].join('\n')}\n`;
}

const STATUS_WIDTH = 'skipped'.length;

function summarise(findings: readonly Finding[]): string {
  const { ok, warning, failed, skipped } = count(findings);
  return `${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${failed} failed, ${skipped} skipped.`;
}

function count(findings: readonly Finding[]): Readonly<Record<FindingStatus, number>> {
  const having = (wanted: FindingStatus): number => findings.filter(({ status }) => status === wanted).length;
  return { ok: having('ok'), warning: having('warning'), failed: having('failed'), skipped: having('skipped') };
}

/** ECMA-48 colours: green, yellow, red, dim. */
const colours: Readonly<Record<FindingStatus, number>> = { ok: 32, warning: 33, failed: 31, skipped: 2 };

function paint(status: FindingStatus, text: string, useColour: boolean): string {
  return useColour ? `\u001B[${colours[status]}m${text}\u001B[0m` : text;
}
