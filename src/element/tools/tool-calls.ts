/** Runs the calls of one chat on its page. Arguments and results pass only between bot and tool, and are not stored. */
import type { ChatTool, ToolParameters } from '../../config/page-tools.js';
import type { Timers } from '../../core/clock.js';
import type { Result } from '../../core/result.js';
import type { RequiredAction, ToolCall, ToolOutput, ToolTurn } from '../../frame/contract.js';
import { checkArguments } from './tool-arguments.js';
import { toErrorOutput, toOutput, toThrownOutput } from './tool-output.js';
import { toQuestion } from './tool-question.js';

/** The result of a call, for the page's author, without its content. */
export type ToolOutcome = 'done' | 'failed' | 'refused' | 'invalid' | 'unknown' | 'late';

export interface ToolCallsOptions {
  /** Finds the tool as it is now: a framework may replace it at every render. */
  readonly find: (name: string) => ChatTool | undefined;
  readonly onOutcome: (name: string, outcome: ToolOutcome) => void;
  readonly timers: Timers;
}

/** Coze waits for at least seven minutes, and the visitor may have to agree first. */
const TIME_LIMIT_MS = 300_000;
const MAX_CALLS = 16;
/** How often a tool may change its question before the call fails. */
const MAX_QUESTIONS = 3;

interface CallResult {
  readonly outcome: ToolOutcome;
  readonly output: string;
}

export class ToolCalls {
  readonly #options: ToolCallsOptions;

  constructor(options: ToolCallsOptions) {
    this.#options = options;
  }

  /**
   * Runs the calls one after the other, in the bot's order. Resolves with `undefined` if the turn or the chat has ended; later results are
   * discarded.
   */
  async run({ toolCalls }: RequiredAction, turn: ToolTurn, chatEnded: AbortSignal): Promise<readonly ToolOutput[] | undefined> {
    const turnEnded = new AbortController();
    const callsAborted = new AbortController();
    const abortAll = (): void => {
      turnEnded.abort();
      callsAborted.abort();
    };
    const signals = [turn.signal, chatEnded];
    for (const signal of signals) signal.addEventListener('abort', abortAll);
    if (signals.some(({ aborted }) => aborted)) abortAll();
    const cancelLimit = this.#options.timers.set(() => callsAborted.abort(), TIME_LIMIT_MS);
    const outputs: ToolOutput[] = [];
    for (const [index, call] of toolCalls.entries()) {
      const { outcome, output } = index < MAX_CALLS ? await this.#runToEnd(call, turn, callsAborted.signal) : tooMany;
      if (turnEnded.signal.aborted) break;
      this.#options.onOutcome(call.name, outcome);
      outputs.push({ id: call.id, output });
    }
    cancelLimit();
    for (const signal of signals) signal.removeEventListener('abort', abortAll);
    return turnEnded.signal.aborted ? undefined : outputs;
  }

  /** Never rejects. Resolves when `signal` aborts, even if the tool still runs. */
  #runToEnd(call: ToolCall, turn: ToolTurn, signal: AbortSignal): Promise<CallResult> {
    return new Promise((resolve) => {
      const late = (): void => resolve(ended('late', toErrorOutput('The tool was not finished in time.')));
      if (signal.aborted) return late();
      signal.addEventListener('abort', late, { once: true });
      void this.#run(call, turn, signal)
        .catch((thrown: unknown) => ended('failed', toThrownOutput(thrown)))
        .then((result) => {
          signal.removeEventListener('abort', late);
          resolve(result);
        });
    });
  }

  /** Rejects with what the tool throws. */
  async #run({ id, name, arguments: json }: ToolCall, turn: ToolTurn, signal: AbortSignal): Promise<CallResult> {
    const { find } = this.#options;
    let confirmed = '';
    let asked = 0;
    let checked: { readonly parameters: ToolParameters; readonly args: Result<unknown, string> } | undefined;
    while (!signal.aborted) {
      const tool = find(name);
      if (tool === undefined) return ended('unknown', toErrorOutput('The page has no such tool.'));
      const { parameters } = tool;
      // Once for each schema: a schema may add something that is different each time, such as an id, and the visitor has confirmed this one.
      if (checked === undefined || checked.parameters !== parameters)
        checked = { parameters, args: await checkArguments(json, parameters) };
      const { args } = checked;
      // During a slow validation the turn may have ended, or the tool may have been removed.
      if (signal.aborted || find(name) === undefined) continue;
      if (!args.ok) return ended('invalid', toErrorOutput(args.error));
      if (tool.effect !== 'read') {
        const question = toQuestion(name, tool, args.value);
        if (question === undefined) return ended('invalid', toErrorOutput('The arguments are too many to be shown to the visitor.'));
        const key = JSON.stringify(question);
        if (key !== confirmed) {
          if (asked === MAX_QUESTIONS) break;
          asked += 1;
          if (!(await turn.confirm(question))) return ended('refused', toErrorOutput('The visitor does not want this to be done.'));
          confirmed = key;
          // The tool may have been replaced or removed meanwhile: finds it again, and validates again if its schema is another one.
          continue;
        }
      }
      turn.onRun(name);
      return ended('done', toOutput(await tool.run(args.value as never, { signal, toolCallId: id })));
    }
    return ended('failed', toErrorOutput('The tool has changed on the page.'));
  }
}

function ended(outcome: ToolOutcome, output: string): CallResult {
  return { outcome, output };
}

const tooMany = ended('unknown', toErrorOutput(`No more than ${MAX_CALLS} calls are run at once.`));
