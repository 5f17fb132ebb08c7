/** The frames of the isolation harness: they request tokens and check that they are allowed to have them. */
import type { HostApi } from '../../src/frame/contract.js';
import type { ChatFrame } from '../../src/frame/host/chat-frame.js';
import { type FakeFrame, FakeFrames } from './fake-frames.js';
import type { IsolationEndpoint } from './isolation-endpoint.js';
import type { LoginKind } from './isolation-harness.js';
import type { IsolationPage } from './isolation-page.js';

export interface IsolationFramesOptions {
  readonly kind: LoginKind;
  readonly endpoint: IsolationEndpoint;
  /** The clock that deadlines use. */
  readonly awakeMs: () => number;
  /** The real time; `undefined` when no program could know it. */
  readonly knowableMs: () => number | undefined;
  readonly hold: (isKept: boolean, violation: string) => void;
}

const HOOK_DEADLINE_MS = 2_500;
const FRESH_DEADLINE_MS = 15_000;

export class IsolationFrames {
  readonly #options: IsolationFramesOptions;
  readonly #frames = new FakeFrames();
  readonly #refused = new Set<string>();
  readonly #lastToken = new WeakMap<FakeFrame, string>();
  readonly #places = new WeakMap<HostApi, string>();
  #waiting = 0;

  constructor(options: IsolationFramesOptions) {
    this.#options = options;
  }

  /** The frame on the page. */
  get shown(): FakeFrame | undefined {
    return this.#frames.shown[0];
  }

  /** How many frames wait for a token. */
  get waiting(): number {
    return this.#waiting;
  }

  build(host: HostApi, subject: string | undefined): ChatFrame {
    const { kind, endpoint, hold } = this.#options;
    hold(kind === 'unannounced' || subject === endpoint.cookie, `a frame was built for ${subject}, not for ${endpoint.cookie}`);
    hold(this.shown === undefined, 'there were two frames');
    const { text = subject } = host.draft();
    hold(text === subject, `${subject} saw what ${text} had written`);
    host.onDraft({ text: subject, unsent: undefined, hasFocus: false });
    const frame = this.#frames.create(host, subject);
    this.#places.set(host, subject ?? '');
    return frame;
  }

  /** Opens a conversation of its own visitor in each of the last two frames, on the page or not. */
  move(): void {
    for (const { host } of this.#lastTwo) host.onEvent({ type: 'conversation', id: this.#places.get(host) ?? '', isNewest: false });
  }

  hasToken(frame: FakeFrame): boolean {
    return this.#lastToken.has(frame);
  }

  /** All frames that were ever created. */
  get built(): readonly FakeFrame[] {
    return this.#frames.built;
  }

  /** Lets visitors send messages and their bots call a tool in the last two frames, on the page or not. */
  act(page: IsolationPage): void {
    for (const frame of this.#lastTwo) page.act(frame);
  }

  /** Lets the SDK send a request in the last two frames, on the page or not. */
  use(): void {
    for (const { host } of this.#lastTwo) this.#expect('getAccessToken', FRESH_DEADLINE_MS, host, host.getAccessToken());
  }

  /** Lets Coze reject the token of the last two frames. `isKnown`: whether the SDK's hook knows which token that was. */
  refuse(isKnown: boolean): void {
    for (const frame of this.#lastTwo) {
      const refused = isKnown ? (this.#lastToken.get(frame) ?? '') : '';
      if (!frame.isDestroyed) this.#refused.add(refused);
      this.#expect('refreshAccessToken', HOOK_DEADLINE_MS, frame.host, frame.host.refreshAccessToken(refused));
    }
  }

  /** Forgets the rejected tokens, because a new source does not know them. */
  forgetRefused(): void {
    this.#refused.clear();
  }

  get #lastTwo(): readonly FakeFrame[] {
    return this.#frames.built.slice(-2);
  }

  #expect(name: string, deadlineMs: number, host: HostApi, token: Promise<string>): void {
    const { awakeMs, hold } = this.#options;
    const askedMs = awakeMs();
    this.#waiting++;
    const settle = (): void => {
      this.#waiting--;
      hold(awakeMs() - askedMs <= deadlineMs, `${name} took longer than ${deadlineMs} ms`);
    };
    token.then(
      (value) => {
        settle();
        if (value !== '') this.#check(host, value);
      },
      () => {
        settle();
        hold(false, `${name} rejected`);
      },
    );
  }

  #check(host: HostApi, value: string): void {
    const { kind, endpoint, knowableMs, hold } = this.#options;
    const frame = this.#frames.built.find((built) => built.host === host);
    const token = endpoint.tokens.get(value);
    if (frame === undefined || token === undefined) return hold(false, 'a token came from nowhere');

    this.#lastToken.set(frame, value);
    hold(!frame.isDestroyed, 'a frame that is gone got a token');
    hold(token.subject === frame.subject, `the frame of ${frame.subject} got a token of ${token.subject}`);
    hold(!this.#refused.has(value), 'a refused token was handed out');
    hold((knowableMs() ?? 0) - token.mintedMs < token.lifetimeMs, 'an expired token was handed out');
    if (kind === 'unannounced') return;
    hold(token.subject === endpoint.cookie, `${endpoint.cookie} got a token of ${token.subject}`);
    hold(token.logIn === endpoint.logIn, 'a token from before the last log-in was used');
  }
}
