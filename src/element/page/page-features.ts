/** What only some pages have around a chat: triggers of their own, and a teaser. */
import type { PageFeatureHost } from './page-host.js';
import { Teaser } from './teaser.js';
import { TriggerAria } from './triggers.js';

export { activateTrigger } from './triggers.js';

export class PageFeatures {
  readonly #host: PageFeatureHost;
  readonly #triggerAria: TriggerAria;
  #teaser: Teaser | undefined;

  constructor(host: PageFeatureHost) {
    this.#host = host;
    this.#triggerAria = new TriggerAria(host);
    // A button may have come after the chat was last opened or closed.
    host.ownerDocument.addEventListener('focusin', this.#syncTriggers);
  }

  /** After each rendering. */
  sync(): void {
    this.#syncTriggers();
    if (this.#host.teaser) this.#teaser ??= new Teaser(this.#host);
    this.#teaser?.sync();
  }

  /** Leaves nothing behind. */
  dispose(): void {
    this.#host.ownerDocument.removeEventListener('focusin', this.#syncTriggers);
    this.#triggerAria.dispose();
    this.#teaser?.dispose();
  }

  readonly #syncTriggers = (): void => this.#triggerAria.sync();
}
