/** What only some pages have around a chat, loaded for those: buttons of their own, and a teaser. */
import type { LauncherStrings } from '../launcher/launcher-strings.js';
import type { PageFeatureHost } from './page-host.js';
import type * as pageParts from './page-features.js';

const TRIGGERS = '[data-coze-chat]';

export class LazyPageFeatures {
  readonly #chat: PageFeatureHost;
  #parts: pageParts.PageFeatures | undefined;
  #names: LauncherStrings | undefined;

  constructor(chat: PageFeatureHost) {
    this.#chat = chat;
  }

  /** The one listener on the page: its buttons for the chat may come at any time. */
  start(): void {
    document.addEventListener('click', this.#handleClick);
  }

  /** Leaves nothing behind; {@link start} starts anew. */
  stop(): void {
    document.removeEventListener('click', this.#handleClick);
    this.#parts?.stop();
    this.#parts = undefined;
  }

  /** After each rendering. */
  sync(names: LauncherStrings | undefined): void {
    this.#names = names;
    if (this.#parts !== undefined) this.#parts.sync(names);
    else if (this.#chat.teaser || document.querySelector(TRIGGERS)) void this.#load();
  }

  readonly #handleClick = (event: Event): void => {
    const trigger = (event.composedPath()[0] as Partial<Element>).closest?.<HTMLElement>(TRIGGERS);
    if (!trigger) return;
    // A link, or a form, that is there for whoever has no script.
    event.preventDefault();
    void this.#load().then((loaded) => loaded?.pullTrigger(this.#chat, trigger));
  };

  async #load(): Promise<typeof pageParts | undefined> {
    const loaded = await import('./page-features.js').catch(() => undefined);
    if (loaded && this.#chat.isConnected && this.#parts === undefined) {
      this.#parts = new loaded.PageFeatures(this.#chat);
      this.#parts.sync(this.#names);
    }
    return loaded;
  }
}
