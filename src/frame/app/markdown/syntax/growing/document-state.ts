/** What is known of a text that grows. */
import type { RootContent } from 'mdast';
import type { MarkdownBlock } from '../markdown-block.js';
import { normalizeRest } from '../normalize-text.js';
import type { KnownDefinition } from '../parsed-piece.js';
import type { OpenBlock } from './open-block.js';

/** Of a text that is behind, so much is parsed at once: of a text full of marks, micromark parses 100 kB/s. */
export const WINDOW_LENGTH = 1_024;

/** A longer rest is parsed again when it has grown by a part of it, so that its cost grows with its length. */
const MAX_EAGER_LENGTH = 2_048;
const GROWTH = 1 / 8;

/** A block that is finished but for its references. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly labels: ReadonlySet<string>;
  /** Whether it has references whose definitions had not come, or not wholly. */
  readonly isProvisional: boolean;
  blocks: readonly MarkdownBlock[];
}

/** A block at the end, of which nothing is certain. */
export interface TailBlock {
  /** The same for the same result. */
  readonly tag: string;
  readonly blocks: readonly MarkdownBlock[];
}

export interface State {
  /** As it was given, and normalised. */
  given: string;
  text: string;
  isComplete: boolean;
  /** Whether there is more to parse, and whether there will never be. */
  isBehind: boolean;
  isFinished: boolean;
  readonly chunks: Chunk[];
  /** Where the rest begins, and what it is the rest of. */
  tailStart: number;
  open: OpenBlock | undefined;
  /** Where a block begins that is too long. */
  plainStart: number | undefined;
  tail: readonly TailBlock[];
  parsedLength: number;
  windowLength: number;
  /** What the chunks define, and what complete lines of the rest do. */
  readonly definitions: Map<string, KnownDefinition>;
  readonly footnotes: Set<string>;
  tailDefinitions: ReadonlyMap<string, KnownDefinition>;
  tailFootnotes: readonly string[];
  /** What the references of the chunks were resolved with, by label; those of footnotes begin with `^`. */
  resolved: ReadonlyMap<string, string>;
  /** Labels that counted as defined at some time, although nothing certain was known of them. */
  readonly uncertain: Set<string>;
  wasProvisional: boolean;
  readonly stale: Set<Chunk>;
}

export function createState(): State {
  return {
    given: '',
    text: '',
    isComplete: false,
    isBehind: false,
    isFinished: false,
    chunks: [],
    tailStart: 0,
    open: undefined,
    plainStart: undefined,
    tail: [],
    parsedLength: 0,
    windowLength: WINDOW_LENGTH,
    definitions: new Map(),
    footnotes: new Set(),
    tailDefinitions: new Map(),
    tailFootnotes: [],
    resolved: new Map(),
    uncertain: new Set(),
    wasProvisional: true,
    stale: new Set(),
  };
}

export function append(state: State, text: string, isComplete: boolean): void {
  const isStart = state.given === '';
  let rest = text.slice(state.given.length);
  // The second half of a line's end or of a character may follow.
  if (!isComplete) rest = rest.replace(/[\r\ud800-\udbff]$/, '');
  state.given = text.slice(0, state.given.length + rest.length);
  state.text += normalizeRest(isStart && rest.startsWith('\ufeff') ? rest.slice(1) : rest);
  state.isComplete = isComplete;
}

/** Whether the rest is too long to be parsed at once. */
export function isLong({ text, tailStart, windowLength, plainStart }: State): boolean {
  return plainStart === undefined ? text.length - tailStart > windowLength : tailStart < text.length;
}

export function mustParse({ text, tailStart, parsedLength, isComplete }: State): boolean {
  const length = text.length - tailStart;
  return isComplete || length <= MAX_EAGER_LENGTH || text.length - parsedLength >= length * GROWTH;
}

/** Definitions of the whole text; the first of a label counts. */
export function allDefinitions({ definitions, tailDefinitions }: State): ReadonlyMap<string, KnownDefinition> {
  return new Map([...tailDefinitions, ...definitions]);
}

/** Chunks whose references have got another meaning since they were parsed. */
export function findStale(state: State): readonly Chunk[] {
  const resolved = new Map<string, string>();
  for (const [label, { url, title }] of allDefinitions(state)) resolved.set(label, `${url}\n${title ?? ''}`);
  for (const label of [...state.footnotes, ...state.tailFootnotes]) resolved.set(`^${label}`, '');
  const changed = [...new Set([...resolved.keys(), ...state.resolved.keys()])].filter(
    (label) => resolved.get(label) !== state.resolved.get(label),
  );
  state.resolved = resolved;
  const isEnd = state.isComplete && !state.isBehind && state.wasProvisional;
  if (isEnd) state.wasProvisional = false;
  if (changed.length === 0 && !isEnd) return [];
  return state.chunks.filter(({ labels, isProvisional }) => (isEnd && isProvisional) || changed.some((label) => labels.has(label)));
}

/** A block that is too long to be parsed, whole. */
export function createPlain({ text }: State, start: number, end: number): RootContent {
  return { type: 'paragraph', children: [{ type: 'text', value: text.slice(start, end).trim() }] };
}
