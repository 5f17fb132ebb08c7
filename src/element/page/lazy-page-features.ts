/** Features that only some pages have around a chat, loaded for those: trigger buttons and a teaser. */
import type { ReactiveController } from 'lit';
import { afterRemoval } from '../ui/after-removal.js';
import { warnNotLoaded } from '../ui/warn-not-loaded.js';
import type * as pageFeatures from './page-features.js';
import type { PageFeatureHost } from './page-host.js';

const TRIGGERS = '[data-coze-chat]';

export class LazyPageFeatures implements ReactiveController {
  readonly #host: PageFeatureHost;
  #features: pageFeatures.PageFeatures | undefined;

  constructor(host: PageFeatureHost) {
    this.#host = host;
  }

  /** Adds the only listener on the page. It also handles triggers that the page adds later. */
  hostConnected(): void {
    document.addEventListener('click', this.#handleClick);
  }

  hostDisconnected(): void {
    afterRemoval(this.#host, () => {
      document.removeEventListener('click', this.#handleClick);
      this.#features?.dispose();
      this.#features = undefined;
    });
  }

  hostUpdated(): void {
    if (this.#features !== undefined) this.#features.sync();
    else if (this.#host.teaser || document.querySelector(TRIGGERS)) void this.#load();
  }

  readonly #handleClick = (event: Event): void => {
    const trigger = (event.composedPath()[0] as Partial<Element>).closest?.<HTMLElement>(TRIGGERS);
    if (!trigger) return;
    // Prevents the default action of a link or form, which serves pages without JavaScript.
    event.preventDefault();
    void this.#load().then((loaded) => loaded?.activateTrigger(this.#host, trigger));
  };

  async #load(): Promise<typeof pageFeatures | undefined> {
    const loaded = await import('./page-features.js').catch(warnNotLoaded('page-features.js'));
    if (loaded && this.#host.isConnected && this.#features === undefined) {
      this.#features = new loaded.PageFeatures(this.#host);
      this.#features.sync();
    }
    return loaded;
  }
}
