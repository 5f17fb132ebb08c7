/**
 * Tells the other chats of this origin, in whatever tab, that somebody has signed in or out, by the backend's opaque fingerprint of
 * them. Tokens are never shared: each tab asks for its own.
 */
import * as z from 'zod/mini';

const CHANNEL_NAME = 'coze-chat-embed:identity';

const messageSchema = z.object({ scope: z.string(), subject: z.optional(z.string()) });

export interface AuthMessage {
  /** What the identity depends on: chats of another scope do not mind. */
  readonly scope: string;
  /** `undefined`: nobody is signed in. */
  readonly subject: string | undefined;
}

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
    const message = messageSchema.safeParse(data);
    if (message.success) this.#onMessage({ scope: message.data.scope, subject: message.data.subject });
  }
}
