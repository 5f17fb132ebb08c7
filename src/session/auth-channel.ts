/**
 * Tells the other chats of this origin, in whatever tab, that somebody has signed in or out, by the backend's opaque fingerprint of
 * them. Tokens are never shared: each tab asks for its own.
 */
import { check, members, optional, text } from '../core/values/shape.js';

const CHANNEL_NAME = 'coze-chat-embed:identity';

export interface AuthMessage {
  /** What the identity depends on: chats of another scope do not mind. */
  readonly scope: string;
  /** `undefined`: nobody is signed in. */
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

  /** Where channels are not allowed (opaque origins) the chat goes without. */
  open(): void {
    if (this.#channel !== undefined) return;
    try {
      this.#channel = new this.#window.BroadcastChannel(CHANNEL_NAME);
      this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    } catch {
      // Stays without.
    }
  }

  /** Also while the page is left: an open channel keeps it out of the back-forward cache. */
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
