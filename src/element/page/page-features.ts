/** What only some pages have around a chat: triggers of their own, and a teaser. */
import type { PageChat } from './page-host.js';
import type { LauncherNames } from '../launcher/launcher-strings.js';
import { Teaser } from './teaser.js';
import { DescribedTriggers } from './triggers.js';

export { pullTrigger } from './triggers.js';

export class PageParts {
  readonly #chat: PageChat;
  readonly #triggers: DescribedTriggers;
  #teaser: Teaser | undefined;

  constructor(chat: PageChat) {
    this.#chat = chat;
    this.#triggers = new DescribedTriggers(chat);
    // A button may have come after the chat was last opened or closed.
    chat.ownerDocument.addEventListener('focusin', this.#describe);
  }

  /** After each rendering. */
  sync(names: LauncherNames | undefined): void {
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
