/** Answers nobody has seen yet, as the launcher shows them. */
import { html, nothing, type TemplateResult } from 'lit';
import { CozeUnreadEvent } from '../events/chat-events.js';

export interface UnreadHost extends EventTarget {
  readonly isBubble: boolean;
  readonly open: boolean;
  requestUpdate(): void;
}

export class UnreadBadge {
  readonly #host: UnreadHost;
  #count = 0;

  constructor(host: UnreadHost) {
    this.#host = host;
  }

  /** For assistive technology, behind the launcher's name; in every language the same. */
  get ariaSuffix(): string {
    return this.#count === 0 ? '' : ` (${this.#count})`;
  }

  get badge(): TemplateResult | typeof nothing {
    return this.#count === 0 ? nothing : html`<span class="badge" part="badge">${this.#count}</span>`;
  }

  /** An answer has come. */
  add(): void {
    this.#setCount(this.#count + 1);
  }

  /** The answers are seen, or gone with their visitor. */
  clear(): void {
    this.#setCount(0);
  }

  /** None while the chat is in sight. */
  #setCount(count: number): void {
    const host = this.#host;
    const unread = host.isBubble && !host.open ? count : 0;
    if (unread === this.#count) return;
    this.#count = unread;
    host.dispatchEvent(new CozeUnreadEvent(unread));
    host.requestUpdate();
  }
}
