/**
 * The page of the isolation harness: it has a tool and a context, both as slow as the scheduler says, and knows whose chat each frame is.
 */
import type fc from 'fast-check';
import type { ChatTools } from '../../src/config/page-tools.js';
import { CozeBeforeSendEvent } from '../../src/element/events/chat-events.js';
import { PageTools } from '../../src/element/tools/page-tools.js';
import type { PageApi } from '../../src/session/session-controller.js';
import type { FakeFrame } from './fake-frames.js';
import type { Visitor } from './isolation-steps.js';

export interface IsolationPageOptions {
  readonly scheduler: fc.Scheduler;
  readonly cookie: () => Visitor | undefined;
  readonly frames: () => readonly FakeFrame[];
  /** Whether every frame belongs to the visitor of the current cookie. */
  readonly isAnnounced: boolean;
  readonly hold: (isKept: boolean, violation: string) => void;
}

export class IsolationPage {
  readonly api: PageApi;
  readonly #options: IsolationPageOptions;
  #waiting = 0;

  constructor(options: IsolationPageOptions) {
    this.#options = options;
    this.api = new PageTools({
      host: { tools: this.#tools, context: () => this.#later({ visitor: options.cookie() ?? 'nobody' }) },
      announceSend: (text, context) => new CozeBeforeSendEvent(text, context),
      announceAction: () => true,
      debug: () => undefined,
      advise: () => undefined,
      // Time limits have tests of their own.
      timers: { set: () => () => undefined },
    });
  }

  /** How many frames that still exist wait for the page. */
  get waiting(): number {
    return this.#waiting;
  }

  /** A visitor sends a message, and the bot calls the tool. */
  act(frame: FakeFrame): void {
    const { hold, frames, isAnnounced, scheduler } = this.#options;
    const { host, subject } = frame;
    const ask = (work: Promise<string | undefined>, what: string): void => {
      this.#waiting++;
      void work.then((visitor) => {
        this.#waiting--;
        if (visitor === undefined) return;
        hold(!frame.isDestroyed, `${what} reached a frame that is gone`);
        hold(!isAnnounced || visitor === subject, `${what} of ${visitor} reached ${subject}`);
      });
    };
    ask(
      host.prepareMessage('hello').then((prepared) => prepared?.context['visitor']),
      'a context',
    );
    const call = { id: '1', name: 'who_am_i', arguments: JSON.stringify({ frame: frames().indexOf(frame) }) };
    const turn = {
      signal: new AbortController().signal,
      confirm: () => scheduler.schedule(Promise.resolve(true), 'confirm'),
      onRun: () => undefined,
    };
    const action = { conversationId: '2', chatId: '3', toolCalls: [call] };
    ask(
      host.runTools(action, turn).then((outputs) => outputs?.[0]?.output),
      'a result',
    );
  }

  readonly #tools: ChatTools = {
    who_am_i: {
      parameters: { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => this.#later({ value }) } },
      run: async ({ frame: index }: { readonly frame: number }, { signal }) => {
        const { frames, cookie, hold } = this.#options;
        const frame = frames()[index];
        hold(frame?.isDestroyed === false, 'a tool ran for a frame that is gone');
        const visitor = cookie() ?? 'nobody';
        const result = await this.#later(visitor);
        hold(signal.aborted === frame?.isDestroyed, 'a call outlived its chat, or ended before it');
        return result;
      },
    },
  };

  #later<T>(value: T): Promise<T> {
    return this.#options.scheduler.schedule(Promise.resolve(value), 'page');
  }
}
