/** The button in the panel's header for the visitor's conversations, or for the menu of their data. Loaded for chats that have either. */
import type { ChatOptions } from '../../config/chat-options.js';
import type { Language } from '../../locales/language.js';
import { ownDataTitle } from '../../locales/own-data-title.js';
import type { ChatStrings } from '../../locales/translations/en.js';

interface ButtonStrings {
  readonly strings: Pick<ChatStrings, 'conversationsTitle'>;
  readonly language: Language;
}

const SVG = 'http://www.w3.org/2000/svg';

export class ConversationsButton {
  readonly element: HTMLButtonElement;

  /** `toggle` shows or hides the list in the chat. */
  constructor(document: Document, toggle: () => void) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M4 7h16M4 12h16M4 17h10');
    const picture = document.createElementNS(SVG, 'svg');
    picture.setAttribute('viewBox', '0 0 24 24');
    picture.setAttribute('aria-hidden', 'true');
    picture.append(path);
    this.element = document.createElement('button');
    this.element.type = 'button';
    this.element.className = 'conversations';
    this.element.setAttribute('part', 'conversations');
    this.element.onclick = toggle;
    this.element.append(picture);
    this.handleList(false, false);
  }

  /** Updates the button and returns it; `undefined` if the options ask for neither. */
  update({ conversations, ownData }: ChatOptions, { strings, language }: ButtonStrings): HTMLButtonElement | undefined {
    this.element.setAttribute('aria-label', conversations ? strings.conversationsTitle : ownDataTitle[language]);
    return conversations || ownData ? this.element : undefined;
  }

  /** `returnsFocus`: whether the focus returns to this button. */
  handleList(isShown: boolean, returnsFocus: boolean): void {
    this.element.setAttribute('aria-expanded', String(isShown));
    if (returnsFocus) this.element.focus();
  }
}
