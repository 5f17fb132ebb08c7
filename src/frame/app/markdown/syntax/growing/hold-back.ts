/** Holds back marks at the end of a text that will continue, if the next characters decide what they are. */
import { trimTrailing } from '../trim-trailing.js';

/** Quotes and list markers before the text of a line. */
const CONTAINERS = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*/;

/** A line, without its containers, that may become a heading's underline, a rule, a list, a fence, a table's second row, a box or a formula. */
const UNDECIDED_LINE = /^(?:[-=*_+#~`|:\s$\\]*|\\\[|\d{1,9}[.)]?|\[[ xX]?\]?|\([ xX]?\)?|(?:`{3}|~{3}).*)$/;

/** Characters at the end of a text that may become part of a mark. */
const UNDECIDED_MARKS = '*_~`$\\!|';

/** Ends of a text that may become part of a character reference, a tag, an address in `<…>`, a footnote's mark or a surrogate pair. */
const UNDECIDED_ENDS: readonly RegExp[] = [
  /&#?\w{0,32}$/,
  /<\/?(?:[A-Za-z][\w-]*(?:[ \t]*\/?)?)?$/,
  /<[A-Za-z][\w+.-]{1,31}:[^\s<>]*$/,
  /<[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]*$/,
  /\[\^[^\s[\]]*$/,
  /[\ud800-\udbff]$/,
];

/** Number of characters at the end that {@link UNDECIDED_ENDS} are tested on; no address is longer. */
const MAX_UNDECIDED_LENGTH = 4_096;

/** A blank line at the end of a text. */
const BLANK_LINE = /\n[ \t>]*\n[ \t>]*$/;

export interface HeldBack {
  /** The part that may be shown. */
  readonly text: string;
  /** Whether more text may belong to its last block. */
  readonly isOpen: boolean;
}

export function holdBack(source: string): HeldBack {
  const text = trimTrailing(source, ' \t\n');
  if (BLANK_LINE.test(source.slice(text.length)) || text === '') return { text, isOpen: false };
  const isLineComplete = source.includes('\n', text.length);
  return { text: isLineComplete ? trimBreak(text) : trimLastLine(trimEnd(source, text)), isOpen: true };
}

function trimEnd(source: string, text: string): string {
  // Before white space, the meaning of marks is certain, except for closing marks of a heading.
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
  if (UNDECIDED_LINE.test(content)) {
    const rest = trimTrailing(text.slice(0, start), ' \t\n');
    return BLANK_LINE.test(text.slice(rest.length, start)) ? rest : trimBreak(rest);
  }
  return /^#{1,6}[ \t]/.test(content) ? trimClosingMarks(text) : text;
}

/** At the end of a complete line, only a backslash is undecided: the next line decides whether it is a break. */
function trimBreak(text: string): string {
  return text.endsWith('\\') ? trimLastLine(trimTrailing(trimTrailing(text, '\\'), ' \t')) : text;
}

/** Removes the closing marks of a heading. */
function trimClosingMarks(text: string): string {
  const rest = trimTrailing(text, '#');
  return rest.length < text.length && /[ \t]$/.test(rest) ? trimTrailing(rest, ' \t') : text;
}
