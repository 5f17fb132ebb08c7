import { describe, expect, it, vi } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { hasPart, openBubble, part, textField, untilStatus } from './page.js';

const frames = (chat: CozeChatElement): number => chat.shadowRoot?.querySelectorAll('iframe').length ?? 0;

describe('Life of an element', () => {
  it('An element that is moved has its chat again in the new place', async () => {
    const chat = await openBubble();
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(chat);
    await vi.waitUntil(() => part<HTMLIFrameElement>(chat, 'frame').contentDocument?.querySelector('textarea') != null);
    expect([chat.status, chat.open, frames(chat)]).toEqual(['ready', true, 1]);
  });

  it('An element that is moved by moveBefore() keeps even the typed text', async () => {
    const chat = await openBubble();
    textField(chat).value = 'half a sen';
    const elsewhere = document.body.appendChild(document.createElement('div'));
    // https://developer.mozilla.org/docs/Web/API/Element/moveBefore
    (elsewhere as unknown as { moveBefore(node: Node, before: null): void }).moveBefore(chat, null);
    await Promise.resolve();
    expect([chat.status, textField(chat).value]).toEqual(['ready', 'half a sen']);
  });

  it('An element that is removed and added ten times leaves no frame and no listener behind', async () => {
    const alive = new Set<AbortSignal>();
    for (const target of [window, document]) {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target as EventTarget, 'addEventListener').mockImplementation((type, listener, options) => {
        const { signal } = (options ?? {}) as AddEventListenerOptions;
        if (signal !== undefined) alive.add(signal);
        signal?.addEventListener('abort', () => alive.delete(signal));
        add(type, listener as EventListener, options);
      });
    }
    const chat = await openBubble();
    for (let life = 0; life < 10; life++) {
      expect([frames(chat), alive.size]).toEqual([1, 1]);
      chat.hide();
      chat.show();
      chat.signOut();
      expect(hasPart(chat, 'frame')).toBe(false);
      chat.remove();
      await chat.updateComplete;
      expect([frames(chat), alive.size]).toEqual([0, 0]);
      document.body.append(chat);
      await untilStatus(chat, 'ready');
    }
    vi.restoreAllMocks();
  });
});
