/** What only some pages have around a chat: triggers of their own, and a teaser. */
import type { PageFeatureHost } from './page-host.js';
import type { LauncherStrings } from '../launcher/launcher-strings.js';
import { Teaser } from './teaser.js';
import { TriggerAria } from './triggers.js';

export { activateTrigger as pullTrigger } from './triggers.js';

export class PageFeatures {
  readonly #chat: PageFeatureHost;
  readonly #triggers: TriggerAria;
  #teaser: Teaser | undefined;

  constructor(chat: PageFeatureHost) {
    this.#chat = chat;
    this.#triggers = new TriggerAria(chat);
    // A button may have come after the chat was last opened or closed.
    chat.ownerDocument.addEventListener('focusin', this.#describe);
  }

  /** After each rendering. */
  sync(names: LauncherStrings | undefined): void {
    this.#describe();
    if (this.#chat.teaser) this.#teaser ??= new Teaser(this.#chat);
    this.#teaser?.sync(names);
  }

  /** Leaves nothing behind. Final. */
  stop(): void {
    this.#chat.ownerDocument.removeEventListener('focusin', this.#describe);
    this.#triggers.end();
    this.#teaser?.stop();
  }

  readonly #describe = (): void => this.#triggers.describe();
}
