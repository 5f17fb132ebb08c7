/** What is not shown yet of a text that will go on: marks at its end, of which the next characters decide what they are. */
import { trimTrailing } from '../trim-trailing.js';

/** Quotes and list markers before the text of a line. */
const CONTAINERS = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*/;

/** A line, without its containers, that may become a heading's underline, a rule, a list, a fence, a table's second row or a box. */
const UNDECIDED_LINE = /^(?:[-=*_+#~`|:\s$\\]*|\d{1,9}[.)]?|\[[ xX]?\]?|\([ xX]?\)?|(?:`{3}|~{3}).*)$/;

/** Signs at the end of a text that may become part of a mark. */
const UNDECIDED_MARKS = '*_~`$\\!|';

/** Ends of a text that may become part of a reference to a character, a break, an address in brackets, a footnote's mark, a character. */
const UNDECIDED_ENDS: readonly RegExp[] = [
  /&#?\w{0,32}$/,
  /<\/?(?:[A-Za-z][\w-]*(?:[ \t]*\/?)?)?$/,
  /<[A-Za-z][\w+.-]{1,31}:[^\s<>]*$/,
  /<[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]*$/,
  /\[\^[^\s[\]]*$/,
  /[\ud800-\udbff]$/,
];

/** What is longer is no address. */
const MAX_UNDECIDED_LENGTH = 4_096;

export interface HeldBack {
  /** What may be shown. */
  readonly text: string;
  /** Whether what comes may still belong to its last block of text. */
  readonly isOpen: boolean;
}

export function holdBack(source: string): HeldBack {
  const text = trimTrailing(source, ' \t\n');
  if (/\n[ \t>]*\n[ \t>]*$/.test(source.slice(text.length)) || text === '') return { text, isOpen: false };
  const isLineComplete = source.includes('\n', text.length);
  // A line that has ended leaves one mark open: a break, of which the next line decides whether it is one.
  if (isLineComplete)
    return { text: text.endsWith('\\') ? trimLastLine(trimTrailing(trimTrailing(text, '\\'), ' \t')) : text, isOpen: true };
  return { text: trimLastLine(trimEnd(source, text)), isOpen: true };
}

function trimEnd(source: string, text: string): string {
  // After white space all of these are what they seem, but for closing marks of a heading.
  let rest = text.length === source.length ? text : trimTrailing(text, '\\');
  while (text.length === source.length) {
    const marked = trimTrailing(rest, UNDECIDED_MARKS);
    const start = Math.max(0, marked.length - MAX_UNDECIDED_LENGTH);
    const end = marked.slice(start);
    const cut = Math.min(end.length, ...UNDECIDED_ENDS.map((undecided) => undecided.exec(end)?.index ?? end.length));
    const next = marked.slice(0, start + cut);
    if (next.length === rest.length) break;
    rest = next;
  }
  return trimTrailing(rest, ' \t');
}

function trimLastLine(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const line = text.slice(start);
  const content = line.replace(CONTAINERS, '');
  if (UNDECIDED_LINE.test(content)) return trimTrailing(text.slice(0, start), ' \t\n');
  return /^#{1,6}[ \t]/.test(content) ? trimClosingMarks(text) : text;
}

/** Of a heading. */
function trimClosingMarks(text: string): string {
  const rest = trimTrailing(text, '#');
  return rest.length < text.length && /[ \t]$/.test(rest) ? trimTrailing(rest, ' \t') : text;
}
