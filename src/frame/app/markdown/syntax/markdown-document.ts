/** Parses a Markdown text that grows. Only the part that can still change is parsed again. */
import type { RootContent } from 'mdast';
import {
  createPlain,
  createState,
  findStale,
  type FinishedBlocks,
  type GivenText,
  isLong,
  mustParse,
  type State,
  type TailBlock,
  takeText,
  WINDOW_LENGTH,
} from './growing/document-state.js';
import { findBoundary, groupBlocks } from './growing/finished-blocks.js';
import { holdBack } from './growing/hold-back.js';
import { findLineStart, joinBlock, openBlock } from './growing/open-block.js';
import { findLabels, findPendingLabels } from './growing/pending-labels.js';
import { type LateSyntax, NO_LATE_SYNTAX } from './late/late-syntax.js';
import type { MarkdownBlock } from './markdown-block.js';
import { parseBlocks, parseOpenBlocks } from './parse-blocks.js';
import type { KnownDefinition, ParsedBlock, ParsedPiece, ParseOptions } from './parsed-piece.js';

export type { MarkdownBlock } from './markdown-block.js';

/** Longest block that is formatted. If a longer one has no finished part, it is shown as plain text up to the next blank line. */
export const MAX_BLOCK_LENGTH = 8_192;

/** How much of a plain block is searched for its end at once. */
const PLAIN_LENGTH = 65_536;

/** Parses a piece; `isOpen`: whether more text may belong to its last block. */
export type ParsePiece = (source: string, options: ParseOptions, isOpen: boolean) => ParsedPiece;

export interface MarkdownDocumentOptions {
  readonly parse?: ParsePiece;
  /** Whether a call may parse another piece, which takes some 10 ms; if not, the rest is left to a later call. Always by default. */
  readonly hasTime?: () => boolean;
  /** The late syntax that the text needs; none by default. */
  readonly late?: LateSyntax;
}

const parsePiece: ParsePiece = (source, options, isOpen) => (isOpen ? parseOpenBlocks : parseBlocks)(source, options);

/** Properties of a parsed piece, beside its blocks. */
interface Piece {
  /** End of its complete lines, of which nothing was held back. */
  readonly completeEnd: number;
  /** Whether the text ends with this piece. */
  readonly isEnd: boolean;
  /** Whether more text may belong to its last block. */
  readonly isOpen: boolean;
}

export class MarkdownDocument {
  readonly #parse: ParsePiece;
  readonly #hasTime: () => boolean;
  readonly #late: LateSyntax;
  /** The text that was given last. Only the calls that have time take it over into the state. */
  #given: GivenText = { text: '', isComplete: false };
  #state = createState();
  #nextKey = 0;
  #blocks: readonly MarkdownBlock[] = [];

  constructor({ parse = parsePiece, hasTime = () => true, late = NO_LATE_SYNTAX }: MarkdownDocumentOptions = {}) {
    this.#parse = parse;
    this.#hasTime = hasTime;
    this.#late = late;
  }

  /** Whether a part of the text is not parsed yet, because it was too long for one call. `advance()` continues, best in a task of its own. */
  get hasUnparsedText(): boolean {
    return this.#state.hasUnparsedText;
  }

  /**
   * Parses a text and returns its blocks. Continues the text of an earlier call, or starts again if this one begins differently. While the text is
   * incomplete, unclosed marks at its end are not shown.
   */
  update(text: string, isComplete: boolean): readonly MarkdownBlock[] {
    if (text === this.#given.text && isComplete === this.#given.isComplete) return this.#blocks;
    this.#given = { text, isComplete };
    return this.advance();
  }

  /** Parses what the last call has left, and returns all blocks. */
  advance(): readonly MarkdownBlock[] {
    if (!this.#hasTime()) {
      this.#state.hasUnparsedText = true;
      return this.#blocks;
    }
    const state = (this.#state = takeText(this.#state, this.#given));
    if (!state.hasUnparsedText) return this.#blocks;
    while (isLong(state)) {
      this.#catchUp(state);
      if (!this.#hasTime()) break;
    }
    state.hasUnparsedText = isLong(state);
    if (!state.hasUnparsedText && mustParse(state)) this.#parseRest(state, state.text.length);
    for (const finished of findStale(state)) state.stale.add(finished);
    for (const finished of state.stale) {
      this.#resolve(state, finished);
      if (!this.#hasTime()) break;
    }
    state.hasUnparsedText ||= state.stale.size > 0;
    return this.#collect(state);
  }

  /** Parses the next piece of a long rest. */
  #catchUp(state: State): void {
    if (state.plainStart !== undefined) {
      this.#addPlainText(state, state.plainStart);
      return;
    }
    const start = state.tailStart;
    const end = state.text.lastIndexOf('\n', start + state.windowLength - 1) + 1;
    if (end > start) this.#parseRest(state, end);
    if (state.tailStart > start) state.windowLength = Math.min(WINDOW_LENGTH, state.windowLength * 2);
    else if (state.windowLength < MAX_BLOCK_LENGTH) state.windowLength *= 2;
    else {
      // The complete lines are shown formatted, the rest of the block as plain text.
      if (end > start) this.#parseRest(state, end, true);
      else this.#closeOpen(state);
      state.tail = [];
      state.plainStart = state.tailStart;
    }
  }

  /** Makes the finished part of the open block a block of its own. */
  #closeOpen(state: State): void {
    const { open } = state;
    if (open !== undefined) this.#addFinished(state, open.start, state.tailStart, this.#createBlocks([open.node], state.tail[0]));
    state.open = undefined;
  }

  /** Adds the next part of a block that is too long, up to a blank line, as plain text. */
  #addPlainText(state: State, start: number): void {
    const from = Math.max(start, state.tailStart - 1);
    const blank = /\n[ \t]*\n/.exec(state.text.slice(from, from + PLAIN_LENGTH));
    const end = blank === null ? Math.min(state.text.length, from + PLAIN_LENGTH) : from + blank.index + 1;
    state.tailStart = end;
    if (blank === null) {
      state.tail = [{ resultKey: '', blocks: this.#createBlocks([createPlain(state, start, end)], state.tail[0]) }];
      return;
    }
    const blocks = this.#createBlocks([createPlain(state, start, end)], state.tail[0]);
    state.finishedBlocks.push({ start, end, labels: new Set(), isProvisional: false, blocks });
    state.tail = [];
    state.plainStart = undefined;
    state.windowLength = WINDOW_LENGTH;
  }

  /** Parses the rest up to `end`; `isForced`: as if the text ended there. */
  #parseRest(state: State, end: number, isForced = false): void {
    if (state.plainStart !== undefined) return;
    const original = (state.open?.prefix ?? '') + state.text.slice(state.tailStart, end);
    const isEnd = isForced || (state.isComplete && end === state.text.length);
    const { text: source, isOpen } = isEnd ? { text: original, isOpen: false } : holdBack(original);
    const pending = state.isComplete ? undefined : findPendingLabels(source);
    const { definitions, footnotes } = state;
    const known = { definitions, footnotes, late: this.#late };
    const parsed = this.#parse(source, pending === undefined ? known : { ...known, pending }, isOpen);
    for (const label of [...(pending?.links ?? []), ...parsed.definitions.keys()]) state.uncertain.add(label);
    for (const label of [...(pending?.footnotes ?? []), ...parsed.footnotes.keys()]) state.uncertain.add(`^${label}`);
    state.parsedLength = end;
    this.#moveFinished(state, source, parsed, {
      completeEnd: isEnd ? source.length : findLineStart(original, source.length),
      isEnd,
      isOpen,
    });
  }

  /** Moves the blocks that cannot change any more from the rest to the finished blocks. */
  #moveFinished(state: State, source: string, parsed: ParsedPiece, piece: Piece): void {
    const { open, tail: previous } = state;
    const textOffset = state.tailStart - (open?.prefix.length ?? 0);
    const blocks = this.#join(state, parsed.blocks);
    const isJoined = state.open !== undefined && blocks.length > 0;
    const boundary = piece.isEnd ? blocks.length : findBoundary(source, blocks, piece.completeEnd);
    const created = blocks.map((block, index): TailBlock => {
      const resultKey = createResultKey(state, source, block, piece.isOpen && index === blocks.length - 1);
      const old = previous[index];
      return old?.resultKey === resultKey ? old : { resultKey, blocks: this.#createBlocks(block.nodes, old) };
    });
    for (const { from, to } of groupBlocks(source, blocks.slice(0, boundary))) {
      const [head, last] = [blocks[from], blocks[to]];
      if (head === undefined || last === undefined) continue;
      const start = from === 0 && isJoined && open !== undefined ? open.start : findLineStart(source, head.start) + textOffset;
      const members = created.slice(from, to + 1).flatMap((block) => block.blocks);
      this.#addFinished(state, start, last.end + textOffset, members);
    }
    const first = blocks[boundary];
    state.tail = created.slice(boundary);
    if (boundary > 0 || piece.isEnd) {
      state.open = undefined;
      state.tailStart = first === undefined ? source.length + textOffset : findLineStart(source, first.start) + textOffset;
    }
    if (first !== undefined && boundary === blocks.length - 1) {
      const opened = openBlock(source, first, piece.completeEnd, textOffset, boundary === 0 ? open : undefined);
      if (opened !== undefined) {
        state.open = opened;
        state.tailStart = opened.rest;
      }
    }
    this.#storeDefinitions(state, parsed, piece, state.tailStart - textOffset);
  }

  /** Joins the first block of the rest with the open block, whose last part it is. */
  #join(state: State, blocks: readonly ParsedBlock[]): readonly ParsedBlock[] {
    const { open } = state;
    const [first, ...others] = blocks;
    if (open === undefined || first === undefined) return blocks;
    const joined = joinBlock(open, first.nodes[0]);
    if (joined !== undefined) return [{ ...first, nodes: [joined] }, ...others];
    // Does not happen: the first block does not continue the open block. Both would be shown.
    this.#closeOpen(state);
    return blocks;
  }

  /** Stores the definitions of a piece: for good up to `finishedEnd` of the source, as those of the rest behind it. */
  #storeDefinitions(state: State, { definitions, footnotes }: ParsedPiece, { completeEnd, isEnd }: Piece, finishedEnd: number): void {
    for (const [label, definition] of definitions) {
      if ((isEnd || definition.end <= finishedEnd) && !state.definitions.has(label)) state.definitions.set(label, definition);
    }
    for (const [label, end] of footnotes) if (isEnd || end <= finishedEnd) state.footnotes.add(label);
    state.tailDefinitions = new Map([...definitions].filter(([, { end }]) => end < completeEnd));
    state.tailFootnotes = [...footnotes].filter(([, end]) => end < completeEnd).map(([label]) => label);
  }

  #addFinished(state: State, start: number, end: number, blocks: readonly MarkdownBlock[]): void {
    const labels = findLabels(state.text.slice(start, end));
    const isProvisional = !state.isComplete && [...labels].some((label) => state.uncertain.has(label) && !state.definitions.has(label));
    const finished: FinishedBlocks = { start, end, labels, isProvisional, blocks };
    state.finishedBlocks.push(finished);
    // The beginning of a long block was parsed when other labels counted as defined.
    if (state.open?.start === start && [...labels].some((label) => state.resolved.has(label) || state.uncertain.has(label)))
      state.stale.add(finished);
  }

  /** Parses finished blocks again with the current definitions. */
  #resolve(state: State, finished: FinishedBlocks): void {
    const source = state.text.slice(finished.start, finished.end);
    // Only its own labels: the parser copies them, and a long text has many.
    const definitions = new Map<string, KnownDefinition>();
    const footnotes = new Set<string>();
    for (const label of finished.labels) {
      const definition = state.definitions.get(label) ?? state.tailDefinitions.get(label);
      if (definition !== undefined) definitions.set(label, definition);
      if (state.resolved.has(label) && label.startsWith('^')) footnotes.add(label.slice(1));
    }
    const known: ParseOptions = { definitions, footnotes, late: this.#late };
    const options: ParseOptions = state.isComplete ? known : { ...known, pending: findPendingLabels(source) };
    const nodes = this.#parse(source, options, false).blocks.flatMap((block) => block.nodes);
    finished.blocks = this.#createBlocks(nodes, finished);
    state.stale.delete(finished);
  }

  #createBlocks(
    nodes: readonly RootContent[],
    previous: { readonly blocks: readonly MarkdownBlock[] } | undefined,
  ): readonly MarkdownBlock[] {
    return nodes.map((node, index) => ({ key: previous?.blocks[index]?.key ?? this.#nextKey++, node }));
  }

  #collect({ finishedBlocks, tail }: State): readonly MarkdownBlock[] {
    const blocks = [...finishedBlocks, ...tail].flatMap((part) => part.blocks);
    const isSame = blocks.length === this.#blocks.length && blocks.every((block, index) => block === this.#blocks[index]);
    if (!isSame) this.#blocks = blocks;
    return this.#blocks;
  }
}

/** Describes everything on which the result of a tail block depends. A block whose key stays the same is kept. */
function createResultKey(state: State, source: string, { start, end }: ParsedBlock, isOpen: boolean): string {
  const text = source.slice(start, end);
  const known = text.includes('[') ? `${state.definitions.size} ${state.footnotes.size} ${state.text.length}` : '';
  return `${isOpen ? 'open' : ''} ${state.open?.rest ?? ''} ${known} ${text}`;
}
