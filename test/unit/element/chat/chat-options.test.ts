// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import '../../../../src/config/chat-options-schema.js';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/frame/contract.js';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, frameOf, openPage, openReadyPage, statusText, watchPage, within } from '../page.js';

async function openWith(chatOptions: object) {
  const chat = Object.assign(document.createElement('coze-chat'), { botId: '1', tokenEndpoint: '/token', mode: 'inline', locale: 'en' });
  Object.assign(chat, { chatOptions });
  const page = watchPage(chat);
  document.body.append(chat);
  await page.settle();
  return page;
}

describe('chatOptions', () => {
  it('chatOptions are passed to the frame', async () => {
    const { chat } = await openWith({ upload: false });
    expect(bootFrame(chat).settings.options).toEqual({ upload: false });
  });

  it('Wrong chatOptions are reported in the chat, by an event and once in the console; corrected ones start it', async () => {
    const { chat, reported, warnings, settle } = await openWith({ uploads: false });
    expect(chat.status).toBe('failed');
    expect(statusText(chat)).toContain('chatOptions has no option called uploads');
    chat.heading = 'Another rendering';
    await settle();
    expect([reported, warnings]).toEqual([
      ['coze-error'],
      ['[coze-chat] invalid_configuration: <coze-chat>: chatOptions has no option called uploads.'],
    ]);
    chat.chatOptions = { upload: false };
    await settle();
    expect([chat.status, statusText(chat)]).toEqual(['loading', 'Starting the chat…']);
  });

  it('Wrong chatOptions of a running chat are reported by an event, and the chat keeps its former options', async () => {
    const { chat, reported, settle } = await openPage({ mode: 'inline' });
    const received: unknown[] = [];
    bootFrame(chat).host.onReady({ ...noControls, configure: (options) => void received.push(options) });
    const frame = frameOf(chat);
    reported.length = 0;
    Object.assign(chat, { chatOptions: 'everything' });
    await settle();
    expect([chat.status, frameOf(chat) === frame, statusText(chat), reported]).toEqual(['ready', true, '', ['coze-error']]);
    chat.chatOptions = { upload: false };
    await settle();
    expect(received).toEqual([{ upload: false }]);
  });

  it('Wrong chatOptions together with another visitor remove the former chat', async () => {
    const { chat, settle } = await openReadyPage();
    Object.assign(chat, { chatOptions: 'everything', userId: 'bob' });
    await settle();
    expect([chat.status, frameOf(chat)]).toEqual(['failed', null]);
  });

  it('Changed chatOptions are passed to a running chat, which stays', async () => {
    const { chat, settle } = await openPage({ mode: 'inline' });
    const received: unknown[] = [];
    bootFrame(chat).host.onReady({ ...noControls, configure: (options) => void received.push(options) });
    const frame = frameOf(chat);
    chat.chatOptions = { readOnly: true };
    await settle();
    expect([received, frameOf(chat) === frame, chat.status]).toEqual([[{ readOnly: true }], true, 'ready']);
  });

  it('Changed chatOptions do not restart a chat that was signed out while they were checked', async () => {
    const { chat, requests, settle } = await openPage();
    chat.chatOptions = { upload: false };
    chat.show();
    chat.signOut();
    await settle();
    expect([chat.status, requests]).toEqual(['signed-out', []]);
    chat.reload();
    await settle();
    expect(chat.status).toBe('loading');
  });

  it('chatOptions can hide header and close button, except in a panel that fills the screen', async () => {
    const { chat, settle } = await openPage({ open: '' });
    chat.chatOptions = { header: { shown: false, closeButton: false } };
    await settle();
    const classes = ['header', 'close'].map((part) => within(chat, `[part=${part}]`)?.classList.contains('when-full-screen'));
    expect(classes).toEqual([true, true]);
  });
});

describe('An answer', () => {
  const start = { conversationId: '2', chatId: '1' };
  const end = { ...start, outcome: 'stopped', messageId: '', firstWordMs: undefined, durationMs: 12 } as const;

  it.each([
    [{ type: 'answer-started', answer: start }, 'coze-answer-start', start],
    [{ type: 'answer-ended', answer: end }, 'coze-answer-end', end],
  ] as const)('An answer is reported to the page: %o', async (event, name, fields) => {
    const { host } = await openReadyPage();
    const events: Event[] = [];
    document.addEventListener(name, (received) => events.push(received), { once: true });
    host.onEvent(event);
    expect(events).toMatchObject([{ type: name, bubbles: true, composed: true, cancelable: false, ...fields }]);
  });
});

describe('Events of the chat', () => {
  const activities: readonly (readonly [ChatEvent, string, boolean])[] = [
    [{ type: 'link', url: 'https://site.example/' }, 'coze-link', true],
    [{ type: 'image', url: 'https://site.example/a.png' }, 'coze-image', true],
    [{ type: 'tasks', tasks: [{ name: 'Colours', values: ['red'] }] }, 'coze-task', false],
    [{ type: 'action', chatId: '1', conversationId: '2', toolCalls: [{ id: '3', name: 'f', arguments: '{}' }] }, 'coze-action', true],
  ];

  it.each(activities)('The event %o is fired at the page as %s', async (activity, name, isCancelable) => {
    const { chat, host } = await openReadyPage();
    const events: Event[] = [];
    document.addEventListener(name, (event) => events.push(event), { once: true });
    expect(host.onEvent(activity)).toBe(true);
    const { type, ...fields } = activity;
    expect(events).toMatchObject([{ type: name, cancelable: isCancelable, composed: true, ...fields }]);
    expect(type).not.toBe(name);
    chat.addEventListener(name, (event) => event.preventDefault());
    expect(host.onEvent(activity)).toBe(!isCancelable);
  });

  it('An event of a former frame is not fired at the page', async () => {
    const { chat, host } = await openReadyPage({ 'user-id': 'alice' });
    let reported = 0;
    chat.addEventListener('coze-link', () => reported++);
    chat.userId = 'bob';
    expect(host.onEvent({ type: 'link', url: 'https://site.example/' })).toBe(false);
    expect(reported).toBe(0);
  });
});
