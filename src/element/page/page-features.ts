/** Features that only some pages have around a chat: trigger buttons and a teaser. */
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
    // A trigger may have been added after the panel was last opened or closed.
    host.ownerDocument.addEventListener('focusin', this.#syncTriggers);
  }

  /** Called after each render. */
  sync(): void {
    this.#syncTriggers();
    if (this.#host.teaser) this.#teaser ??= new Teaser(this.#host);
    this.#teaser?.sync();
  }

  /** Removes listeners, ARIA attributes and the teaser. */
  dispose(): void {
    this.#host.ownerDocument.removeEventListener('focusin', this.#syncTriggers);
    this.#triggerAria.dispose();
    this.#teaser?.dispose();
  }

  readonly #syncTriggers = (): void => this.#triggerAria.sync();
}
