/** The page's own buttons for a chat: `<button data-coze-chat="open">`. Loaded for pages that have some, or when one is pressed. */
import { HIDDEN_CHARACTERS } from '../../core/values/hidden-characters.js';
import type { PageFeatureHost } from './page-host.js';

const TRIGGERS = '[data-coze-chat]';
/** The visitor would not see these in the field, but the bot reads them. */
const HIDDEN = new RegExp(HIDDEN_CHARACTERS, 'gu');

/** Runs the action of a pressed trigger if it targets this chat. */
export function activateTrigger(chat: PageFeatureHost, trigger: HTMLElement): void {
  if (!targets(chat, trigger)) return;
  const text = (trigger.dataset['cozeChatText'] || trigger.textContent.trim()).replace(HIDDEN, '');
  switch (trigger.dataset['cozeChat']) {
    case 'close':
      return chat.hide();
    case 'toggle':
      return chat.open ? chat.hide() : openFromTrigger(chat, trigger);
    case 'send':
      openFromTrigger(chat, trigger);
      // Sanitisers keep data attributes: a person who may only write a link into the page must not send messages for its visitors. Errors
      // are shown in the chat and fired as coze-error.
      return void (chat.sendFromTriggers ? chat.sendMessage(text) : chat.composeMessage(text)).catch(() => {});
    case 'open':
    case undefined:
    default:
      return openFromTrigger(chat, trigger);
  }
}

/** Opens the panel with the focus, which returns to the trigger when the panel is closed. */
function openFromTrigger(chat: PageFeatureHost, trigger: HTMLElement): void {
  if (chat.open) return;
  chat.opener = trigger;
  chat.show();
  if (!chat.open) chat.opener = undefined;
}

/** Sets the ARIA attributes of the page's triggers, unless the page sets them itself. */
export class TriggerAria {
  readonly #chat: PageFeatureHost;
  readonly #described = new Set<Element>();

  constructor(chat: PageFeatureHost) {
    this.#chat = chat;
  }

  /** Updates the triggers that are on the page now. */
  sync(): void {
    const chat = this.#chat;
    for (const trigger of chat.ownerDocument.querySelectorAll<HTMLElement>(TRIGGERS)) {
      const opens = /^(open|toggle)?$/.test(trigger.dataset['cozeChat'] ?? '') && chat.isBubble;
      if (!opens || !targets(chat, trigger) || (trigger.hasAttribute('aria-expanded') && !this.#described.has(trigger))) continue;
      trigger.setAttribute('aria-expanded', String(chat.open));
      setControls(trigger, [chat]);
      this.#described.add(trigger);
    }
  }

  /** Removes the attributes again. */
  dispose(): void {
    for (const trigger of this.#described) {
      trigger.removeAttribute('aria-expanded');
      setControls(trigger, null);
    }
    this.#described.clear();
  }
}

/** A trigger names its chat by id; without an id it targets the first one of the page. */
function targets(chat: PageFeatureHost, { dataset: { cozeChatTarget: target } }: HTMLElement): boolean {
  return target ? chat.id === target : chat.ownerDocument.querySelector(chat.localName) === chat;
}

function setControls(trigger: Element, controlled: Element[] | null): void {
  // eslint-disable-next-line browsers/supported-apis -- older browsers keep it as a property of no meaning
  trigger.ariaControlsElements = controlled;
}
