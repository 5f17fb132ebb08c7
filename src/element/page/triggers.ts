/** The page's own buttons for a chat: `<button data-coze-chat="open">`. Loaded for pages that have them, or as soon as one is pressed. */
import type { PageFeatureHost } from './page-host.js';

const TRIGGERS = '[data-coze-chat]';

/** Does what a pressed trigger says, if it is this chat's. */
export function activateTrigger(chat: PageFeatureHost, trigger: HTMLElement): void {
  if (!targets(chat, trigger)) return;
  const text = trigger.dataset['cozeChatText'] || trigger.textContent.trim();
  switch (trigger.dataset['cozeChat']) {
    case 'close':
      return chat.hide();
    case 'toggle':
      return chat.open ? chat.hide() : openFromTrigger(chat, trigger);
    case 'send':
      openFromTrigger(chat, trigger);
      // Sanitisers leave data attributes in: who may write a link into the page must not write for its visitors.
      // What went wrong is in the chat, and in coze-error.
      return void (chat.sendFromTriggers ? chat.sendMessage(text) : chat.composeMessage(text)).catch(() => {});
    case 'open':
    case undefined:
    default:
      return openFromTrigger(chat, trigger);
  }
}

/** The focus goes into the panel, and comes back when that is closed. */
function openFromTrigger(chat: PageFeatureHost, trigger: HTMLElement): void {
  if (chat.open) return;
  chat.opener = trigger;
  chat.show();
  if (!chat.open) chat.opener = undefined;
}

/** Says on the page's triggers what they open and whether it is open, where the page does not say so itself. */
export class TriggerAria {
  readonly #chat: PageFeatureHost;
  readonly #described = new Set<Element>();

  constructor(chat: PageFeatureHost) {
    this.#chat = chat;
  }

  /** Says it of those that are on the page now. */
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

  /** The page's triggers are as they were. */
  dispose(): void {
    for (const trigger of this.#described) {
      trigger.removeAttribute('aria-expanded');
      setControls(trigger, null);
    }
    this.#described.clear();
  }
}

/** A trigger names its chat by id; without, it is for the first one of the page. */
function targets(chat: PageFeatureHost, { dataset: { cozeChatTarget: target } }: HTMLElement): boolean {
  return target ? chat.id === target : chat.ownerDocument.querySelector(chat.localName) === chat;
}

function setControls(trigger: Element, controlled: Element[] | null): void {
  // eslint-disable-next-line browsers/supported-apis -- older browsers keep it as a property of no meaning
  trigger.ariaControlsElements = controlled;
}
