/**
 * Tells the other chats of this origin, in every tab, that a visitor has signed in or out. A message carries the backend's opaque subject
 * of the visitor, never a token: each tab requests its own.
 */
import { check, members, optional, text } from '../core/values/shape.js';

const CHANNEL_NAME = 'coze-chat-embed:identity';

export interface AuthMessage {
  /** The part of the configuration that decides the identity; chats with another scope ignore the message. */
  readonly scope: string;
  /** `undefined` if the visitor is signed out. */
  readonly subject: string | undefined;
}

const message = members<AuthMessage>({ scope: text, subject: optional(text) }, 'must be an object');

export class AuthChannel {
  readonly #window: Window & typeof globalThis;
  readonly #onMessage: (message: AuthMessage) => void;
  #channel: BroadcastChannel | undefined;

  constructor(onMessage: (message: AuthMessage) => void, window: Window & typeof globalThis) {
    this.#onMessage = onMessage;
    this.#window = window;
  }

  /** Opens the channel. An opaque origin must not open one; the chat then works without it. */
  open(): void {
    if (this.#channel !== undefined) return;
    try {
      this.#channel = new this.#window.BroadcastChannel(CHANNEL_NAME);
      this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    } catch {
      // No channel: this chat neither sends nor receives.
    }
  }

  /** Also called when the page is left: an open channel keeps a page out of the back-forward cache. */
  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  post(message: AuthMessage): void {
    this.#channel?.postMessage(message);
  }

  #receive(data: unknown): void {
    const received = check(message, data);
    if (received.ok) this.#onMessage(received.value);
  }
}
