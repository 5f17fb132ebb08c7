// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it } from 'vitest';
import type { ChatApi, ChatMessage } from '../../../../src/frame/contract.js';
import type { CozeUnreadEvent } from '../../../../src/index.js';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, frameOf, openPage, openReadyPage, rejection, within } from '../page.js';

const answerTo = (text: string): ChatMessage => ({ role: 'assistant', text: `You said: ${text}`, id: '7' });
const echo: ChatApi = {
  ...noControls,
  compose: () => {},
  stop: () => false,
  send: (text) => Promise.resolve(answerTo(text)),
  clear: () => Promise.resolve(true),
  configure: () => {},
};

describe('sendMessage()', () => {
  it('starts the chat behind a closed launcher and resolves with the complete answer', async () => {
    const { chat, settle } = await openPage();
    const answer = chat.sendMessage('hello');
    await settle();
    bootFrame(chat).host.onReady(echo);
    expect(await answer).toEqual(answerTo('hello'));
    expect(chat.open).toBe(false);
  });

  it('rejects when another visitor comes before it is sent, and is not sent for them', async () => {
    const { chat, settle } = await openPage({ 'user-id': 'alice' });
    const answer = chat.sendMessage('from Alice');
    chat.userId = 'bob';
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
    await settle();
    const asked: string[] = [];
    bootFrame(chat).host.onReady({ ...echo, send: (text) => (asked.push(text), echo.send(text)) });
    await settle();
    expect(asked).toEqual([]);
  });

  it('rejects when the visitor signs out while it is answered', async () => {
    const { chat, settle } = await openPage({ mode: 'inline' });
    bootFrame(chat).host.onReady({ ...echo, send: () => new Promise(() => {}) });
    const answer = chat.sendMessage('hello');
    await settle();
    chat.signOut();
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
  });

  it.each([
    ['without an answer', 'unanswered', { code: 'chat_failed', retryable: true }],
    ['where the page has it not sent', 'not-sent', { code: 'not_sent', retryable: false }],
  ] as const)('rejects %s', async (_, outcome, error) => {
    const { chat } = await openPage({ mode: 'inline' });
    bootFrame(chat).host.onReady({ ...echo, send: () => Promise.resolve(outcome) });
    await expect(chat.sendMessage('hello')).rejects.toMatchObject(error);
  });

  it.each([
    ['nobody is signed in', { mode: 'inline' }, rejection(401), 'signed_out'],
    ['the visitor may not chat', { mode: 'inline' }, rejection(403), 'forbidden'],
    ['the chat is not configured', { mode: 'inline', 'bot-id': null }, rejection(403), 'invalid_configuration'],
  ] as const)('rejects when %s', async (_, attributes, answer, code) => {
    const { chat } = await openPage(attributes, answer);
    await expect(chat.sendMessage('hello')).rejects.toMatchObject({ name: 'CozeChatError', code });
  });
});

describe('stopAnswer()', () => {
  it('ends the running answer, also while messages of the page wait, and loads nothing by itself', async () => {
    const { chat, requests, settle } = await openPage();
    expect(await chat.stopAnswer()).toBe(false);
    await settle();
    expect([chat.status, requests]).toEqual(['idle', []]);
    const answer = chat.sendMessage('hello');
    await settle();
    let stop = (): void => {};
    bootFrame(chat).host.onReady({
      ...echo,
      send: () => new Promise((resolve) => (stop = () => resolve('stopped'))),
      stop: () => (stop(), true),
    });
    await settle();
    expect(await chat.stopAnswer()).toBe(true);
    await expect(answer).rejects.toMatchObject({ code: 'interrupted', message: 'The answer was stopped.' });
  });
});

describe('clearConversation()', () => {
  it('resolves once it is done, and rejects when it cannot be', async () => {
    const { chat } = await openPage({ mode: 'inline' });
    const outcomes = [true, false];
    bootFrame(chat).host.onReady({ ...echo, clear: () => Promise.resolve(outcomes.shift() === true) });
    await chat.clearConversation();
    await expect(chat.clearConversation()).rejects.toMatchObject({ code: 'chat_failed' });
  });
});

describe('answers that come while the panel is closed', () => {
  async function openChat() {
    const page = await openPage({ open: '', 'user-id': 'alice' });
    const { host } = bootFrame(page.chat);
    host.onReady(echo);
    const counts: number[] = [];
    page.chat.addEventListener('coze-unread', ({ count }: CozeUnreadEvent) => counts.push(count));
    const badge = (): string => within(page.chat, '.badge')?.textContent ?? '';
    const name = (): string | null => within(page.chat, '.launcher')?.getAttribute('aria-label') ?? null;
    return { ...page, host, counts, badge, name };
  }

  it('are counted on the launcher and in coze-unread until the panel opens', async () => {
    const { chat, host, counts, badge, name, settle } = await openChat();
    host.onEvent({ type: 'message', message: answerTo('seen') });
    chat.hide();
    await settle();
    host.onEvent({ type: 'message', message: { role: 'user', text: 'mine', id: '1' } });
    host.onEvent({ type: 'message', message: answerTo('one') });
    host.onEvent({ type: 'message', message: answerTo('two') });
    await settle();
    expect([badge(), name()]).toEqual(['2', 'Open chat (2)']);
    chat.show();
    await settle();
    expect([badge(), name(), counts]).toEqual(['', 'Open chat', [1, 2, 0]]);
  });

  it('are forgotten with their visitor', async () => {
    const { chat, host, counts, badge, settle } = await openChat();
    chat.hide();
    await settle();
    host.onEvent({ type: 'message', message: answerTo('one') });
    chat.userId = 'bob';
    await settle();
    expect([badge(), counts]).toEqual(['', [1, 0]]);
    host.onEvent({ type: 'message', message: answerTo('from a dead frame') });
    expect(counts).toEqual([1, 0]);
    expect(frameOf(chat)).not.toBeNull();
  });
});

describe('a listener of coze-before-send', () => {
  it.each([undefined, null, Promise.resolve('masked'), {}, Object.create(null), Symbol('text')])(
    'that sets text to %o has nothing sent in place of the visitor’s words, and the console says why',
    async (text) => {
      const { chat, host, warnings } = await openReadyPage();
      chat.addEventListener('coze-before-send', (event) => Object.assign(event, { text }));
      expect(await host.prepareMessage('my card is 4111')).toBeUndefined();
      chat.context = () => ({ page: 'cart' });
      expect(await host.prepareMessage('my card is 4111')).toBeUndefined();
      expect(warnings).toEqual([expect.stringMatching(/coze-before-send.*not sent/)]);
    },
  );

  it('that sets text to another text has that sent', async () => {
    const { chat, host } = await openReadyPage();
    chat.addEventListener('coze-before-send', (event) => (event.text = 'my card is ****'));
    expect(await host.prepareMessage('my card is 4111')).toMatchObject({ text: 'my card is ****' });
  });
});
