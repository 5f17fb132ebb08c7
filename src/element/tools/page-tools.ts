/** Reads, validates and limits the page's `tools` and `context` when they are needed. Loaded for pages that have either. */
import type { ChatTool, ChatTools, GetChatContext } from '../../config/page-tools.js';
import type { Timers } from '../../core/clock.js';
import type { PreparedMessage, RequiredAction, ToolOutput, ToolTurn } from '../../frame/contract.js';
import type { CozeBeforeSendEvent } from '../events/chat-events.js';
import { checkContext, readContext } from './chat-context.js';
import { isSchema, preloadChecker } from './tool-arguments.js';
import { ToolCalls } from './tool-calls.js';

export interface PageToolsOptions {
  readonly host: { readonly tools: ChatTools | undefined; readonly context: GetChatContext | undefined };
  /** Fires the event; returns it after the page's listeners. */
  readonly announceSend: (text: string, context: PreparedMessage['context']) => CozeBeforeSendEvent;
  /** Returns `false` if the page prevents the default, because its backend answers. */
  readonly announceAction: (action: RequiredAction) => boolean;
  /** Writes to the console if the page has switched that on. Contains names, never values. */
  readonly debug: (line: string) => void;
  /** Warns the page's author. */
  readonly advise: (sentence: string) => void;
  readonly timers: Timers;
}

export class PageTools {
  readonly #options: PageToolsOptions;
  readonly #calls: ToolCalls;

  constructor(options: PageToolsOptions) {
    this.#options = options;
    this.#calls = new ToolCalls({
      find: (name) => this.#find(name),
      onOutcome: (name, outcome) => options.debug(`tool ${this.#find(name) === undefined ? 'that is not declared' : name}: ${outcome}`),
      timers: options.timers,
    });
  }

  /** Resolves with `undefined` if the page prevents the message, or the chat was removed in the meantime. */
  async prepareMessage(text: string, chatEnded: AbortSignal): Promise<PreparedMessage | undefined> {
    const { host, announceSend, debug, timers } = this.#options;
    const read = typeof host.context === 'function' ? await readContext(host.context.bind(undefined), timers) : {};
    if (chatEnded.aborted) return undefined;
    const event = announceSend(text, read ?? {});
    if (event.defaultPrevented) return undefined;
    const context = checkContext(event.context);
    if (read === undefined) debug('context left out: the page did not say it in time, or failed');
    if (Object.keys(context).length > 0) debug(`context sent: ${Object.keys(context).join(', ')}`);
    const tools = this.#list();
    for (const { parameters } of tools) void preloadChecker(parameters);
    return { text: event.text, context, hasTools: tools.length > 0 };
  }

  checkContext(context: unknown): PreparedMessage['context'] {
    return checkContext(context);
  }

  async runTools(action: RequiredAction, turn: ToolTurn, chatEnded: AbortSignal): Promise<readonly ToolOutput[] | undefined> {
    const { host, announceAction } = this.#options;
    if (host.tools === undefined) return undefined;
    const undeclared = action.toolCalls.filter(({ name }) => this.#find(name) === undefined);
    const isLeftToBackend = undeclared.length > 0 && !announceAction({ ...action, toolCalls: undeclared });
    if (isLeftToBackend && undeclared.length === action.toolCalls.length) return [];
    return this.#calls.run(action, turn, chatEnded);
  }

  /** Empty if the page's tools cannot be read, such as a proxy that is revoked. */
  #list(): readonly ChatTool[] {
    try {
      return Object.keys(this.#options.host.tools ?? {}).flatMap((name) => this.#find(name) ?? []);
    } catch {
      return [];
    }
  }

  /** Reads the page's tools now; own members only, not inherited ones such as `constructor`. Never throws. */
  #find(name: string): ChatTool | undefined {
    const { tools } = this.#options.host;
    try {
      if (typeof tools !== 'object' || tools === null || !Object.hasOwn(tools, name)) return undefined;
      const tool: unknown = tools[name];
      if (isTool(tool)) return tool;
    } catch {
      // The page reads the same sentence: a tool that cannot be read has neither of the two.
    }
    this.#options.advise(`tools.${name} needs parameters, a Standard Schema or a plain JSON Schema, and run, a function.`);
    return undefined;
  }
}

function isTool(value: unknown): value is ChatTool {
  if (typeof value !== 'object' || value === null) return false;
  const { parameters, run } = value as { readonly parameters?: unknown; readonly run?: unknown };
  return typeof run === 'function' && isSchema(parameters);
}
