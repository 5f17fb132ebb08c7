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
  it('sendMessage() starts the chat behind a closed launcher and resolves with the complete answer', async () => {
    const { chat, settle } = await openPage();
    const answer = chat.sendMessage('hello');
    await settle();
    bootFrame(chat).host.onReady(echo);
    expect(await answer).toEqual(answerTo('hello'));
    expect(chat.open).toBe(false);
  });

  it('sendMessage() rejects when the visitor changes before it is sent, and sends nothing to the next chat', async () => {
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

  it('sendMessage() rejects when the visitor signs out during the answer', async () => {
    const { chat, settle } = await openPage({ mode: 'inline' });
    bootFrame(chat).host.onReady({ ...echo, send: () => new Promise(() => {}) });
    const answer = chat.sendMessage('hello');
    await settle();
    chat.signOut();
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
  });

  it.each([
    ['if there is no answer', 'unanswered', { code: 'chat_failed', retryable: true }],
    ['if the page prevents the message', 'not-sent', { code: 'not_sent', retryable: false }],
  ] as const)('sendMessage() rejects %s', async (_, outcome, error) => {
    const { chat } = await openPage({ mode: 'inline' });
    bootFrame(chat).host.onReady({ ...echo, send: () => Promise.resolve(outcome) });
    await expect(chat.sendMessage('hello')).rejects.toMatchObject(error);
  });

  it.each([
    ['nobody is signed in', { mode: 'inline' }, rejection(401), 'signed_out'],
    ['the visitor may not chat', { mode: 'inline' }, rejection(403), 'forbidden'],
    ['the chat is not configured', { mode: 'inline', 'bot-id': null }, rejection(403), 'invalid_configuration'],
  ] as const)('sendMessage() rejects when %s', async (_, attributes, answer, code) => {
    const { chat } = await openPage(attributes, answer);
    await expect(chat.sendMessage('hello')).rejects.toMatchObject({ name: 'CozeChatError', code });
  });
});

describe('stopAnswer()', () => {
  it('stopAnswer() ends the running answer, even while messages wait, and starts no chat by itself', async () => {
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
  it('clearConversation() resolves when the chat has cleared it, and rejects when it could not', async () => {
    const { chat } = await openPage({ mode: 'inline' });
    const outcomes = [true, false];
    bootFrame(chat).host.onReady({ ...echo, clear: () => Promise.resolve(outcomes.shift() === true) });
    await chat.clearConversation();
    await expect(chat.clearConversation()).rejects.toMatchObject({ code: 'chat_failed' });
  });
});

describe('Answers while the panel is closed', () => {
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

  it('Answers behind a closed panel are counted on the launcher and by coze-unread until the panel opens', async () => {
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

  it('The count of answers is reset when the visitor changes', async () => {
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

describe('A listener of coze-before-send', () => {
  it.each([undefined, null, Promise.resolve('masked'), {}, Object.create(null), Symbol('text')])(
    'A listener of coze-before-send that sets text to %o prevents the message, with a warning in the console',
    async (text) => {
      const { chat, host, warnings } = await openReadyPage();
      chat.addEventListener('coze-before-send', (event) => Object.assign(event, { text }));
      expect(await host.prepareMessage('my card is 4111')).toBeUndefined();
      chat.context = () => ({ page: 'cart' });
      expect(await host.prepareMessage('my card is 4111')).toBeUndefined();
      expect(warnings).toEqual([expect.stringMatching(/coze-before-send.*not sent/)]);
    },
  );

  it('A listener of coze-before-send can replace the text of the message', async () => {
    const { chat, host } = await openReadyPage();
    chat.addEventListener('coze-before-send', (event) => (event.text = 'my card is ****'));
    expect(await host.prepareMessage('my card is 4111')).toMatchObject({ text: 'my card is ****' });
  });
});
