// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CozeIdentityChangeEvent } from '../../../src/index.js';
import { noControls } from '../../support/chat-controls.js';
import { bootFrame, frameOf, openPage, openReadyPage, silence, token } from './page.js';

describe('another visitor or bot', () => {
  it.each([
    ['userId', 'bob'],
    ['botId', '2'],
    ['tokenEndpoint', '/other'],
    ['credentials', 'include'],
    ['apiBaseUrl', 'https://api.coze.com'],
    ['connectorId', '1024'],
  ] as const)('%s: the former chat is gone in the same task, then the next one starts', async (property, value) => {
    const { chat, host, reported: reported, settle } = await openReadyPage({ 'user-id': 'alice' });
    const causes: string[] = [];
    chat.addEventListener('coze-identity-change', ({ cause }: CozeIdentityChangeEvent) => causes.push(cause));
    Object.assign(chat, { [property]: value });
    expect([frameOf(chat), chat.status]).toEqual([null, 'idle']);
    expect(await host.getAccessToken()).toBe('');
    await settle();
    bootFrame(chat).host.onReady(noControls);
    expect([chat.status, causes, reported.at(-1)]).toEqual(['ready', ['configured'], 'coze-ready']);
  });

  it('only the last of several in one task is asked for', async () => {
    const { chat, requests, settle } = await openReadyPage({ 'user-id': 'alice' });
    chat.userId = 'bob';
    chat.userId = 'carol';
    await settle();
    expect(requests).toEqual([
      { user_id: 'alice', reason: 'initial' },
      { user_id: 'carol', reason: 'initial' },
    ]);
  });

  it('a name or a language is not another visitor: no other token', async () => {
    const { chat, requests, reported: reported, settle } = await openReadyPage({ 'user-id': 'alice' });
    chat.userName = 'Alice';
    await settle();
    expect(bootFrame(chat).settings.user.name).toBe('Alice');
    expect(requests).toHaveLength(1);
    expect(reported).not.toContain('coze-identity-change');
  });
});

describe('an element that moves', () => {
  it('keeps its chat', async () => {
    const { chat, requests, settle } = await openReadyPage();
    const frame = frameOf(chat);
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(chat);
    await settle();
    expect([chat.status, frameOf(chat), requests.length]).toEqual(['ready', frame, 1]);
    elsewhere.replaceWith(chat);
  });

  it('begins again in the conversation that was open, with the present options, since its iframe loads again', async () => {
    const { chat, host, settle } = await openReadyPage();
    host.onEvent({ type: 'conversation', id: '77', isNewest: false });
    chat.chatOptions = { readOnly: true };
    await settle();
    const { settings } = bootFrame(chat);
    expect([settings.conversationId, settings.options]).toEqual(['77', { readOnly: true }]);
  });
});

describe('an element that leaves', () => {
  it('takes its chat, token, timers and listeners along', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const listeners = [window, document].map((target) => vi.spyOn(target as EventTarget, 'addEventListener'));
    const { chat, host, settle } = await openReadyPage();
    const signals = listeners
      .flatMap(({ mock }) => mock.calls)
      .flatMap(([, , options]) => (options as AddEventListenerOptions)?.signal ?? []);
    expect(signals.length).toBeGreaterThan(0);
    expect(vi.getTimerCount()).toBeGreaterThan(0);

    chat.remove();
    await settle();
    expect([frameOf(chat), chat.status, await host.getAccessToken()]).toEqual([null, 'idle', '']);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('starts again when it is back', async () => {
    const { chat, requests, settle } = await openReadyPage();
    chat.remove();
    await settle();
    document.body.append(chat);
    await settle();
    bootFrame(chat).host.onReady(noControls);
    expect([chat.status, requests.length]).toEqual(['ready', 2]);
  });

  it('waits for the next opening when it was closed', async () => {
    const { chat, requests, settle } = await openPage({ open: '' });
    chat.hide();
    await settle();
    chat.remove();
    await settle();
    document.body.append(chat);
    await settle();
    expect([chat.status, requests.length]).toEqual(['idle', 1]);
  });

  it('and is back while its code is still loading starts one chat', async () => {
    const { chat, requests, settle } = await openPage();
    chat.open = true;
    await chat.updateComplete;
    chat.remove();
    await Promise.resolve();
    document.body.append(chat);
    await settle();
    expect([chat.status, requests.length, chat.shadowRoot?.querySelectorAll('iframe').length]).toEqual(['loading', 1, 1]);
  });

  it('is not called back by an answer that was on its way', async () => {
    let respond = (_: Response): void => {};
    const { chat, reported: reported, settle } = await openPage({ mode: 'inline' }, () => new Promise((resolve) => (respond = resolve)));
    chat.remove();
    await settle();
    respond((await token()) as Response);
    await settle();
    expect([chat.status, reported]).toEqual(['idle', []]);
  });

  it('starts no chat for a command that comes afterwards', async () => {
    const { chat, requests, settle } = await openReadyPage();
    chat.remove();
    await settle();
    await expect(chat.sendMessage('too late')).rejects.toMatchObject({ code: 'interrupted' });
    await settle();
    expect([chat.status, frameOf(chat), requests.length]).toEqual(['idle', null, 1]);
  });

  it('runs a command from before it came, or came back', async () => {
    const { chat, settle } = await openPage({ 'user-id': 'alice' });
    const early = Object.assign(document.createElement('coze-chat'), { botId: '1', tokenEndpoint: '/token' });
    onTestFinished(() => early.remove());
    for (const element of [chat, early]) {
      element.remove();
      await settle();
      const listed = element.listConversations();
      document.body.append(element);
      await settle();
      const conversations = { ok: true, value: { conversations: [], hasMore: false } };
      bootFrame(element).host.onReady({ ...noControls, conversations: () => Promise.resolve(conversations) as never });
      expect(await listed).toEqual(conversations.value);
    }
  });

  it('never came when it is made and dropped', async () => {
    const { requests, settle } = await openPage({ mode: 'inline' }, silence);
    const stray = document.createElement('coze-chat');
    Object.assign(stray, { mode: 'inline', botId: '1', tokenEndpoint: '/token' });
    stray.show();
    stray.reload();
    stray.signOut();
    await stray.refreshToken();
    await settle();
    expect([stray.status, requests.length]).toEqual(['idle', 1]);
  });
});
