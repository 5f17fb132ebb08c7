/** Calls the page's code for a chat: before each message, and for tools. The code for `tools` and `context` is loaded once the page sets either. */
import type { Timers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import type { PreparedMessage, RequiredAction, ToolOutput, ToolTurn } from '../../frame/contract.js';
import type { PageApi } from '../../session/session-controller.js';
import { CozeActionEvent, CozeBeforeSendEvent } from '../events/chat-events.js';
import { warnNotLoaded } from '../ui/warn-not-loaded.js';
import type { PageTools, PageToolsOptions } from './page-tools.js';

export interface LazyPageToolsOptions extends Pick<PageToolsOptions, 'host' | 'debug' | 'advise'> {
  /** Returns `false` if a listener has called `preventDefault()`. */
  readonly dispatch: (event: Event) => boolean;
  readonly timers: Timers;
}

/** Longest wait for the code that reads `context`; usually it is loaded long before. */
const LOADING_LIMIT_MS = 300;

export class LazyPageTools implements PageApi {
  readonly #options: LazyPageToolsOptions;
  #loading: Promise<PageTools | undefined> | undefined;

  constructor(options: LazyPageToolsOptions) {
    this.#options = options;
  }

  /** Loads the code if the page has set `tools` or `context`. */
  preload(): void {
    if (this.#isNeeded) void this.#load();
  }

  async prepareMessage(text: string, chatEnded: AbortSignal): Promise<PreparedMessage | undefined> {
    const tools = this.#isNeeded ? await this.#loadInTime() : undefined;
    if (tools !== undefined) return tools.prepareMessage(text, chatEnded);
    if (chatEnded.aborted) return undefined;
    const event = this.#announceSend(text);
    if (event.defaultPrevented) return undefined;
    // A listener may have set it to nothing.
    const isEmpty = Object.keys(Object(event.context) as object).length === 0;
    const context = isEmpty ? {} : ((await this.#loadInTime())?.checkContext(event.context) ?? {});
    return { text: event.text, context, hasTools: false };
  }

  async runTools(action: RequiredAction, turn: ToolTurn, chatEnded: AbortSignal): Promise<readonly ToolOutput[] | undefined> {
    return this.#isNeeded ? (await this.#load())?.runTools(action, turn, chatEnded) : undefined;
  }

  get #isNeeded(): boolean {
    const { tools, context } = this.#options.host;
    return (tools ?? context) !== undefined;
  }

  /** Resolves with `undefined` after the limit. The message is then sent without context. */
  #loadInTime(): Promise<PageTools | undefined> {
    const { timers } = this.#options;
    return withDeadline(() => this.#load(), { durationMs: LOADING_LIMIT_MS, timers }).catch(() => undefined);
  }

  #load(): Promise<PageTools | undefined> {
    return (this.#loading ??= import('./page-tools.js').then(
      ({ PageTools: Loaded }) => {
        const { host, dispatch, debug, advise, timers } = this.#options;
        const announceAction = (action: RequiredAction): boolean => dispatch(new CozeActionEvent(action));
        const announceSend: PageToolsOptions['announceSend'] = (text, context) => this.#announceSend(text, context);
        return new Loaded({ host, announceSend, announceAction, debug, advise, timers });
      },
      (cause: unknown) => {
        this.#loading = undefined;
        return warnNotLoaded('page-tools.js')(cause);
      },
    ));
  }

  #announceSend(text: string, context?: CozeBeforeSendEvent['context']): CozeBeforeSendEvent {
    const event = new CozeBeforeSendEvent(text, context);
    this.#options.dispatch(event);
    if (typeof event.text !== 'string') {
      // For example a promise that is not awaited: the bot would get `[object Promise]` instead of the visitor's words.
      this.#options.advise('A listener of coze-before-send has set text to something else than text: the message is not sent.');
      event.preventDefault();
    }
    return event;
  }
}
