/** Buttons of the host page, and a message beside the launcher. */
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { focused, hasPart, openPage, part, untilStatus } from '../page.js';

const button = (attributes: string, id = 'trigger'): string => `<button id="${id}" data-coze-chat${attributes}>Ask us</button>`;
const trigger = (id = 'trigger'): HTMLElement => document.getElementById(id) as HTMLElement;

describe('Button of the page', () => {
  it('A button of the page opens the chat with the focus in it, has its state, and gets the focus back when it is closed', async () => {
    const chat = await openPage({}, { before: button('="toggle"') });
    await vi.waitUntil(() => trigger().ariaExpanded === 'false');
    expect(trigger().ariaControlsElements).toEqual([chat]);
    await userEvent.click(trigger());
    await vi.waitUntil(() => chat.open);
    await chat.updateComplete;
    expect([trigger().ariaExpanded, focused(chat)]).toEqual(['true', 'panel']);
    await userEvent.keyboard('{Escape}');
    await chat.updateComplete;
    expect([chat.open, trigger().ariaExpanded, focused(chat)]).toEqual([false, 'false', 'trigger']);
  });

  it('A link of the page that is added later opens the chat instead of its target', async () => {
    const chat = await openPage();
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<a href="#nowhere" id="trigger" data-coze-chat="open"><b>Ask</b></a>');
    await userEvent.click(page.getByText('Ask'));
    await vi.waitUntil(() => chat.open);
    expect(location.hash).toBe('');
  });

  it.each([
    [{ sendFromTriggers: false }, { composed: [['Where is it?']], sent: [] }],
    [{ sendFromTriggers: true }, { composed: [], sent: [['Where is it?']] }],
  ])(
    'A button of the page puts its text into the field of the panel, or sends it if the page allows that (%o)',
    async (properties, expected) => {
      const chat = Object.assign(await openPage({}, { before: button('="send" data-coze-chat-text="Where is it?"') }), properties);
      const composeMessage = vi.spyOn(chat, 'composeMessage').mockResolvedValue();
      const sendMessage = vi.spyOn(chat, 'sendMessage').mockResolvedValue({ role: 'assistant', text: '', id: '' });
      const { calls: composed } = composeMessage.mock;
      const { calls: sent } = sendMessage.mock;
      await userEvent.click(trigger());
      await vi.waitUntil(() => composed.length + sent.length > 0);
      expect([chat.open, { composed, sent }]).toEqual([true, expected]);
    },
  );

  it('A button of the page belongs to the first chat or to a named one, and is restored when that chat is removed', async () => {
    const before = `${button('="open"')}${button('="open" data-coze-chat-target="other"', 'second')}${button('="open" aria-expanded="mixed"', 'own')}`;
    const chat = await openPage({}, { before });
    const other = chat.cloneNode() as typeof chat;
    other.id = 'other';
    document.body.append(other);
    await userEvent.click(trigger('second'));
    await vi.waitUntil(() => other.open);
    await vi.waitUntil(() => trigger('second').ariaExpanded === 'true');
    expect([chat.open, trigger().ariaExpanded, trigger('own').ariaExpanded]).toEqual([false, 'false', 'mixed']);
    other.remove();
    await vi.waitUntil(() => trigger('second').ariaExpanded === null);
    expect(trigger('second').hasAttribute('aria-controls')).toBe(false);
  });
});

describe('Teaser', () => {
  const soon = { teaser: 'May I help?', 'teaser-delay-seconds': '0' };

  it('The teaser appears without taking the focus, opens the chat, and does not appear again', async () => {
    const chat = await openPage(soon, { before: button('="close"') });
    trigger().focus();
    await expect.element(page.getByRole('status').getByText('May I help?')).toBeVisible();
    await Promise.all(
      part(chat, 'teaser')
        .getAnimations()
        .map(({ finished }) => finished),
    );
    expect([focused(chat), (await axe.run(document, { iframes: false })).violations.map(({ id }) => id)]).toEqual(['trigger', []]);
    await userEvent.click(page.getByText('May I help?'));
    await untilStatus(chat, 'ready');
    chat.hide();
    await chat.updateComplete;
    const next = await openPage(soon);
    await next.updateComplete;
    expect([hasPart(chat, 'teaser'), hasPart(next, 'teaser'), next.open]).toEqual([false, false, false]);
  });

  it('A dismissed teaser stays away for the rest of the tab’s session, and the focus moves to the launcher', async () => {
    const chat = await openPage({ ...soon, locale: 'de' });
    await userEvent.click(page.getByRole('button', { name: 'Diese Nachricht schließen' }));
    await chat.updateComplete;
    expect([chat.open, hasPart(chat, 'teaser'), focused(chat)]).toEqual([false, false, 'launcher']);
    expect(sessionStorage.getItem('coze-chat-embed:teaser:1')).toBe('over');
  });

  it('The teaser lies above the launcher within the smallest viewport, with targets of at least 24 px', async () => {
    await page.viewport(320, 480);
    const chat = await openPage({ ...soon, teaser: 'A rather long message that wants to be read by everybody who comes along' });
    await vi.waitUntil(() => hasPart(chat, 'teaser'));
    const { left, right, bottom } = part(chat, 'teaser').getBoundingClientRect();
    expect([left >= 0, right <= 320, bottom <= part(chat, 'launcher').getBoundingClientRect().top]).toEqual([true, true, true]);
    for (const target of part(chat, 'teaser').querySelectorAll('button')) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
  });
});
