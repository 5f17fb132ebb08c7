/**
 * The class of `<coze-chat>` in browsers that are too old for it. Shows no launcher and no panel, but the page's content for this case (`<a
 * slot="unsupported" …>`), and fires one `coze-error`. Has the element's methods, so that the page's own code does not fail. Runs in any
 * browser that has modules and custom elements.
 */
import type { Problem } from './core/errors.js';

const unsupportedBrowser: Problem = {
  code: 'unsupported_browser',
  message: 'This browser is too old: the chat needs Chromium 103, Firefox 115 or Safari 16. What has slot="unsupported" is shown instead.',
  retryable: false,
};

/** Registers the class, unless the name is taken. */
export function defineUnsupportedChat(tagName: string, registry: CustomElementRegistry): void {
  if (registry.get(tagName) !== undefined) return;
  registry.define(tagName, createClass());
}

function createClass(): CustomElementConstructor {
  let hasWarned = false;

  return class extends HTMLElement {
    readonly status = 'failed';
    hasReported = false;

    connectedCallback(): void {
      if (this.shadowRoot === null) {
        const slot = document.createElement('slot');
        slot.name = 'unsupported';
        this.attachShadow({ mode: 'open' }).appendChild(slot);
        placeSlot(this, slot);
      }
      if (this.hasReported) return;
      this.hasReported = true;
      // The next script of the page may add the listeners.
      setTimeout(() => {
        // eslint-disable-next-line no-console -- the page's author looks here first
        if (!hasWarned) console.warn(`[coze-chat] ${unsupportedBrowser.code}: ${unsupportedBrowser.message}`);
        hasWarned = true;
        this.dispatchEvent(Object.assign(new Event('coze-error', { bubbles: true, composed: true }), unsupportedBrowser));
      });
    }

    show(): void {}
    hide(): void {}
    toggle(): void {}
    signOut(): void {}
    reload(): void {}
    refreshToken(): Promise<void> {
      return Promise.resolve();
    }
    withdrawConsent(): Promise<void> {
      return Promise.resolve();
    }
    stopAnswer(): Promise<boolean> {
      return Promise.resolve(false);
    }
    sendMessage(): Promise<never> {
      return rejection();
    }
    composeMessage(): Promise<never> {
      return rejection();
    }
    clearConversation(): Promise<never> {
      return rejection();
    }
    newConversation(): Promise<never> {
      return rejection();
    }
    listConversations(): Promise<never> {
      return rejection();
    }
    openConversation(): Promise<never> {
      return rejection();
    }
    renameConversation(): Promise<never> {
      return rejection();
    }
    deleteConversation(): Promise<never> {
      return rejection();
    }
    downloadConversation(): Promise<never> {
      return rejection();
    }
    deleteConversations(): Promise<never> {
      return rejection();
    }
  };
}

/** Rejects with an error like `CozeChatError`, whose class belongs to code that is not loaded here. */
function rejection(): Promise<never> {
  return Promise.reject(Object.assign(new Error(unsupportedBrowser.message), unsupportedBrowser, { name: 'CozeChatError' }));
}

/** Places the slot at the corner of the launcher. In the modes inline and page, it stays in the place of the element. */
function placeSlot(chat: HTMLElement, slot: HTMLElement): void {
  slot.style.display = 'block';
  const mode = chat.getAttribute('mode');
  if (mode === 'inline' || mode === 'page') return;
  const placement = chat.getAttribute('placement') || '';
  const isLeft = placement.indexOf('start') > 0 === (getComputedStyle(chat).direction === 'ltr');
  slot.style.position = 'fixed';
  slot.style.zIndex = 'var(--coze-chat-z-index, 2147480000)';
  slot.style[placement.indexOf('top') === 0 ? 'top' : 'bottom'] = 'var(--coze-chat-offset-block, 24px)';
  slot.style[isLeft ? 'left' : 'right'] = 'var(--coze-chat-offset-inline, 24px)';
}
