/** The number of unread replies on the launcher. */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { CozeUnreadEvent } from '../events/chat-events.js';

export interface UnreadHost extends EventTarget {
  readonly isBubble: boolean;
  readonly open: boolean;
  requestUpdate(): void;
}

export class UnreadBadge implements ReactiveController {
  readonly #host: UnreadHost;
  #count = 0;

  constructor(host: UnreadHost) {
    this.#host = host;
  }

  /** While the chat is visible, replies count as seen. */
  hostUpdated(): void {
    if (this.#isInSight) this.clear();
  }

  /** Suffix of the launcher's accessible name, without words of any language. */
  get ariaSuffix(): string {
    return this.#count === 0 ? '' : ` (${this.#count})`;
  }

  get badge(): TemplateResult | typeof nothing {
    return this.#count === 0 ? nothing : html`<span class="badge" part="badge">${this.#count}</span>`;
  }

  add(): void {
    if (!this.#isInSight) this.#setCount(this.#count + 1);
  }

  /** Called when the replies were seen, or removed with their visitor's chat. */
  clear(): void {
    this.#setCount(0);
  }

  get #isInSight(): boolean {
    return this.#host.open || !this.#host.isBubble;
  }

  #setCount(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#host.dispatchEvent(new CozeUnreadEvent(count));
    this.#host.requestUpdate();
  }
}
