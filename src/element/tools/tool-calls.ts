/**
 * The calls of one chat that run on its page: the one owner of what they hold. Arguments and results go from the bot to the tool and back, and
 * nowhere else.
 */
import type { ChatTool } from '../../config/page-tools.js';
import type { Timers } from '../../core/clock.js';
import type { RequiredAction, ToolCall, ToolOutput, ToolTurn } from '../../frame/contract.js';
import { checkArguments } from './tool-arguments.js';
import { toErrorOutput, toOutput, toThrownOutput } from './tool-output.js';
import { toQuestion } from './tool-question.js';

/** How a call has ended, for the page's author: never with what. */
export type ToolOutcome = 'done' | 'failed' | 'refused' | 'invalid' | 'unknown' | 'late';

export interface ToolCallsOptions {
  /** As they are at that moment: a framework exchanges them whenever it renders. */
  readonly find: (name: string) => ChatTool | undefined;
  readonly onOutcome: (name: string, outcome: ToolOutcome) => void;
  readonly timers: Timers;
}

/** Coze waits for at least seven minutes; a visitor may have to be asked first. */
const TIME_LIMIT_MS = 300_000;
const MAX_CALLS = 16;
/** How often a tool may be exchanged for one that asks something else, before it is not asked any more. */
const MAX_QUESTIONS = 3;

interface Ending {
  readonly outcome: ToolOutcome;
  readonly output: string;
}

export class ToolCalls {
  readonly #options: ToolCallsOptions;

  constructor(options: ToolCallsOptions) {
    this.#options = options;
  }

  /** One after the other, in the bot's order. `undefined` when nobody waits for the results any more: what still comes goes nowhere. */
  async run({ toolCalls }: RequiredAction, turn: ToolTurn, chatEnded: AbortSignal): Promise<readonly ToolOutput[] | undefined> {
    const left = new AbortController();
    const life = new AbortController();
    const leave = (): void => {
      left.abort();
      life.abort();
    };
    const signals = [turn.signal, chatEnded];
    for (const signal of signals) signal.addEventListener('abort', leave);
    if (signals.some(({ aborted }) => aborted)) leave();
    const cancelLimit = this.#options.timers.set(() => life.abort(), TIME_LIMIT_MS);
    const outputs: ToolOutput[] = [];
    for (const [index, call] of toolCalls.entries()) {
      const { outcome, output } = index < MAX_CALLS ? await this.#end(call, turn, life.signal) : tooMany;
      if (left.signal.aborted) break;
      this.#options.onOutcome(call.name, outcome);
      outputs.push({ id: call.id, output });
    }
    cancelLimit();
    for (const signal of signals) signal.removeEventListener('abort', leave);
    return left.signal.aborted ? undefined : outputs;
  }

  /** Never rejects, and is over when `signal` aborts, whatever the tool does. */
  #end(call: ToolCall, turn: ToolTurn, signal: AbortSignal): Promise<Ending> {
    return new Promise((resolve) => {
      const late = (): void => resolve(ended('late', toErrorOutput('The tool was not finished in time.')));
      if (signal.aborted) return late();
      signal.addEventListener('abort', late, { once: true });
      void this.#run(call, turn, signal)
        .catch((thrown: unknown) => ended('failed', toThrownOutput(thrown)))
        .then((ending) => {
          signal.removeEventListener('abort', late);
          resolve(ending);
        });
    });
  }

  /** Rejects with what the tool throws. */
  async #run({ id, name, arguments: json }: ToolCall, turn: ToolTurn, signal: AbortSignal): Promise<Ending> {
    const { find } = this.#options;
    let confirmed = '';
    let asked = 0;
    while (!signal.aborted) {
      const tool = find(name);
      if (tool === undefined) return ended('unknown', toErrorOutput('The page has no such tool.'));
      const args = await checkArguments(json, tool.parameters);
      // What takes long to check may have been left, or taken away.
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
          // It may be another one by now, or gone: what was confirmed is looked at once more.
          continue;
        }
      }
      turn.onRun(name);
      return ended('done', toOutput(await tool.run(args.value as never, { signal, toolCallId: id })));
    }
    return ended('failed', toErrorOutput('The tool has changed on the page.'));
  }
}

function ended(outcome: ToolOutcome, output: string): Ending {
  return { outcome, output };
}

const tooMany = ended('unknown', toErrorOutput(`No more than ${MAX_CALLS} calls are run at once.`));
