/** A waterfall as a self-contained SVG: no script, no font of its own. */
import type { NetworkRequest, RequestKind } from './network-request.js';
import { waitedRow } from './round-trips.js';
import { endOf, shownRequests, type Waterfall } from './waterfall.js';

const ROW_HEIGHT = 18;
const LABELS_WIDTH = 330;
const CHART_WIDTH = 700;
const TOP = 50;
const MARGIN = 12;

const colours: Readonly<Record<RequestKind, string>> = {
  document: '#5b6472',
  code: '#3a6fb0',
  token: '#b5532a',
  preflight: '#c9a227',
  API: '#3c8d57',
  picture: '#8a5aa8',
};

export function waterfallPicture(waterfall: Waterfall): string {
  const { title, zero, milestones } = waterfall;
  const shown = shownRequests(waterfall);
  const end = endOf(milestones) || 1;
  const start = Math.min(0, ...shown.map(({ sentMs }) => sentMs));
  const x = (ms: number): number => rounded(LABELS_WIDTH + ((Math.min(ms, end) - start) / (end - start)) * CHART_WIDTH);
  const bottom = TOP + shown.length * ROW_HEIGHT;
  const height = bottom + milestones.length * ROW_HEIGHT + 2 * MARGIN;
  const width = LABELS_WIDTH + CHART_WIDTH + 190;
  const inRow = waitedRow(shown, milestones[0]?.atMs ?? end);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui,sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${MARGIN}" y="20" font-size="14" font-weight="600">${escaped(title)}</text>
<text x="${MARGIN}" y="38" fill="#5b6472">0: ${escaped(zero)}. Numbers: ${inRow.length} round trips in a row until ${escaped(milestones[0]?.name ?? '')}.</text>
${gridLines(start, end)
  .map(
    (ms) =>
      `<path d="M${x(ms)} ${TOP}V${bottom}" stroke="#e3e6ea"/><text x="${x(ms) + 2}" y="${TOP - 2}" font-size="10" fill="#5b6472">${ms}</text>`,
  )
  .join('\n')}
${shown.map((request, index) => bar(request, TOP + index * ROW_HEIGHT, inRow.indexOf(request) + 1, x)).join('\n')}
${milestones
  .map(
    ({ name, atMs }, index) =>
      `<path d="M${x(atMs)} ${TOP}V${bottom + index * ROW_HEIGHT + 8}" stroke="#111" stroke-dasharray="3 2"/><text x="${x(atMs) - 4}" y="${bottom + index * ROW_HEIGHT + 14}" text-anchor="end">${escaped(name)}: ${Math.round(atMs)} ms</text>`,
  )
  .join('\n')}
</svg>
`;
}

function bar(request: NetworkRequest, y: number, place: number, x: (ms: number) => number): string {
  const { kind, name, askedMs, sentMs, endMs, bytes } = request;
  const width = Math.max(1, rounded(x(endMs) - x(sentMs)));
  const waited = Math.max(0, rounded(x(sentMs) - x(askedMs)));
  const middle = y + ROW_HEIGHT / 2 + 4;
  const label = kind === 'preflight' ? `preflight ${name}` : name;
  return [
    `<text x="${MARGIN}" y="${middle}"${place > 0 ? ' font-weight="600"' : ''}>${place > 0 ? `${place}. ` : ''}${escaped(label)}</text>`,
    waited > 0 ? `<rect x="${x(askedMs)}" y="${y + 7}" width="${waited}" height="4" fill="${colours[kind]}" opacity="0.25"/>` : '',
    `<rect x="${x(sentMs)}" y="${y + 2}" width="${width}" height="${ROW_HEIGHT - 4}" fill="${colours[kind]}"${place > 0 ? ' stroke="#111"' : ''}/>`,
    `<text x="${LABELS_WIDTH + CHART_WIDTH + 6}" y="${middle}" fill="#5b6472">${Math.round(sentMs)}–${Number.isFinite(endMs) ? Math.round(endMs) : '…'} ms, ${bytes.toLocaleString('en')} B</text>`,
  ].join('');
}

/** About eight lines, at round numbers. */
function gridLines(start: number, end: number): readonly number[] {
  const step = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((ms) => (end - start) / ms <= 10) ?? 10_000;
  const first = Math.ceil(start / step);
  return Array.from({ length: Math.floor(end / step) - first + 1 }, (_, index) => (first + index) * step);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
