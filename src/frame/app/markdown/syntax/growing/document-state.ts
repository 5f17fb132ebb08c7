/** The state of a text that grows. Some of its blocks are finished; its rest (tail) can still change. */
import type { RootContent } from 'mdast';
import { continuesText } from '../continues-text.js';
import type { MarkdownBlock } from '../markdown-block.js';
import { normalizeRest } from '../normalize-text.js';
import type { KnownDefinition } from '../parsed-piece.js';
import type { OpenBlock } from './open-block.js';

/** Length of the pieces in which a long rest is parsed. micromark parses 100 kB/s of a text full of marks. */
export const WINDOW_LENGTH = 512;

/** The first piece of a text is shorter, and the next ones are twice as long each: the engine has not compiled the parser's code yet. */
const FIRST_WINDOW_LENGTH = 128;

/** A longer rest is parsed again only when it has grown by {@link GROWTH}, so that the total cost is proportional to its length. */
const MAX_EAGER_LENGTH = 2_048;
const GROWTH = 1 / 8;

/** Blocks that are finished, except for their references. */
export interface FinishedBlocks {
  readonly start: number;
  readonly end: number;
  readonly labels: ReadonlySet<string>;
  /** Whether it has references whose definitions had not arrived completely when it was parsed. */
  readonly isProvisional: boolean;
  blocks: readonly MarkdownBlock[];
}

/** A block of the rest, which may still change. */
export interface TailBlock {
  /** Blocks with the same key have the same result. */
  readonly resultKey: string;
  readonly blocks: readonly MarkdownBlock[];
}

/** A text as it was given, with whether it is complete. */
export interface GivenText {
  readonly text: string;
  readonly isComplete: boolean;
}

export interface State {
  /** The text as it was given. */
  sourceAsGiven: string;
  /** The normalised text; all offsets refer to it. */
  text: string;
  isComplete: boolean;
  /** Whether a part of the text is not parsed yet. */
  hasUnparsedText: boolean;
  readonly finishedBlocks: FinishedBlocks[];
  /** Where the rest begins. */
  tailStart: number;
  /** The block whose last part is the beginning of the rest, if any. */
  open: OpenBlock | undefined;
  /** Where a block that is too long begins; `undefined` if there is none. */
  plainStart: number | undefined;
  tail: readonly TailBlock[];
  parsedLength: number;
  windowLength: number;
  /** Definitions in the finished part. */
  readonly definitions: Map<string, KnownDefinition>;
  readonly footnotes: Set<string>;
  /** Definitions in complete lines of the rest. */
  tailDefinitions: ReadonlyMap<string, KnownDefinition>;
  tailFootnotes: readonly string[];
  /** The targets with which the references of the finished blocks were resolved, by label; labels of footnotes begin with `^`. */
  resolved: ReadonlyMap<string, string>;
  /** Labels that have counted as defined before their definitions were final. */
  readonly uncertain: Set<string>;
  mustRecheckProvisional: boolean;
  readonly stale: Set<FinishedBlocks>;
}

export function createState(): State {
  return {
    sourceAsGiven: '',
    text: '',
    isComplete: false,
    hasUnparsedText: false,
    finishedBlocks: [],
    tailStart: 0,
    open: undefined,
    plainStart: undefined,
    tail: [],
    parsedLength: 0,
    windowLength: FIRST_WINDOW_LENGTH,
    definitions: new Map(),
    footnotes: new Set(),
    tailDefinitions: new Map(),
    tailFootnotes: [],
    resolved: new Map(),
    uncertain: new Set(),
    mustRecheckProvisional: true,
    stale: new Set(),
  };
}

/** Adds what has been given since the last call to the state. Returns another state if the text does not continue the former one. */
export function takeText(state: State, { text, isComplete }: GivenText): State {
  if (text === state.sourceAsGiven && isComplete === state.isComplete) return state;
  const next = state.isComplete || !continuesText(text, state.sourceAsGiven) ? createState() : state;
  const isStart = next.sourceAsGiven === '';
  let rest = text.slice(next.sourceAsGiven.length);
  // The second half of a `\r\n` or of a surrogate pair may follow.
  if (!isComplete) rest = rest.replace(/[\r\ud800-\udbff]$/, '');
  next.sourceAsGiven = text.slice(0, next.sourceAsGiven.length + rest.length);
  next.text += normalizeRest(isStart && rest.startsWith('\ufeff') ? rest.slice(1) : rest);
  next.isComplete = isComplete;
  next.hasUnparsedText = true;
  return next;
}

/** Whether the rest is too long to be parsed at once. */
export function isLong({ text, tailStart, windowLength, plainStart }: State): boolean {
  return plainStart === undefined ? text.length - tailStart > windowLength : tailStart < text.length;
}

export function mustParse({ text, tailStart, parsedLength, isComplete }: State): boolean {
  const length = text.length - tailStart;
  return isComplete || length <= MAX_EAGER_LENGTH || text.length - parsedLength >= length * GROWTH;
}

/** Definitions of the whole text; the first one of a label counts. */
function allDefinitions({ definitions, tailDefinitions }: State): ReadonlyMap<string, KnownDefinition> {
  return new Map([...tailDefinitions, ...definitions]);
}

/** Returns the finished blocks whose references have another target than when they were parsed. */
export function findStale(state: State): readonly FinishedBlocks[] {
  const resolved = new Map<string, string>();
  for (const [label, { url, title }] of allDefinitions(state)) resolved.set(label, `${url}\n${title ?? ''}`);
  for (const label of [...state.footnotes, ...state.tailFootnotes]) resolved.set(`^${label}`, '');
  const changed = [...new Set([...resolved.keys(), ...state.resolved.keys()])].filter(
    (label) => resolved.get(label) !== state.resolved.get(label),
  );
  state.resolved = resolved;
  const isEnd = state.isComplete && !state.hasUnparsedText && state.mustRecheckProvisional;
  if (isEnd) state.mustRecheckProvisional = false;
  if (changed.length === 0 && !isEnd) return [];
  return state.finishedBlocks.filter(({ labels, isProvisional }) => (isEnd && isProvisional) || changed.some((label) => labels.has(label)));
}

/** Creates the plain paragraph of a block that is too long to be parsed. */
export function createPlain({ text }: State, start: number, end: number): RootContent {
  return { type: 'paragraph', children: [{ type: 'text', value: text.slice(start, end).trim() }] };
}
