// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CozeIdentityChangeEvent } from '../../../src/index.js';
import { noControls } from '../../support/chat-controls.js';
import { bootFrame, frameOf, openPage, openReadyPage, silence, token } from './page.js';

describe('Another visitor or bot', () => {
  it.each([
    ['userId', 'bob'],
    ['botId', '2'],
    ['tokenEndpoint', '/other'],
    ['credentials', 'include'],
    ['apiBaseUrl', 'https://api.coze.com'],
    ['connectorId', '1024'],
  ] as const)('A change of %s removes the former chat in the same task, and then the next one starts', async (property, value) => {
    const { chat, host, reported, settle } = await openReadyPage({ 'user-id': 'alice' });
    const causes: string[] = [];
    chat.addEventListener('coze-identity-change', ({ cause }: CozeIdentityChangeEvent) => causes.push(cause));
    Object.assign(chat, { [property]: value });
    expect([frameOf(chat), chat.status]).toEqual([null, 'idle']);
    expect(await host.getAccessToken()).toBe('');
    await settle();
    bootFrame(chat).host.onReady(noControls);
    expect([chat.status, causes, reported.at(-1)]).toEqual(['ready', ['configured'], 'coze-ready']);
  });

  it('Only the last of several changes in one task causes a token request', async () => {
    const { chat, requests, settle } = await openReadyPage({ 'user-id': 'alice' });
    chat.userId = 'bob';
    chat.userId = 'carol';
    await settle();
    expect(requests).toEqual([
      { user_id: 'alice', reason: 'initial' },
      { user_id: 'carol', reason: 'initial' },
    ]);
  });

  it('A change of the user name causes no token request and no change of the visitor', async () => {
    const { chat, requests, reported, settle } = await openReadyPage({ 'user-id': 'alice' });
    chat.userName = 'Alice';
    await settle();
    expect(bootFrame(chat).settings.user.name).toBe('Alice');
    expect(requests).toHaveLength(1);
    expect(reported).not.toContain('coze-identity-change');
  });
});

describe('An element that moves', () => {
  it('An element that moves keeps its chat', async () => {
    const { chat, requests, settle } = await openReadyPage();
    const frame = frameOf(chat);
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(chat);
    await settle();
    expect([chat.status, frameOf(chat), requests.length]).toEqual(['ready', frame, 1]);
    elsewhere.replaceWith(chat);
  });

  it('An element that moves opens its former conversation with the present options when its iframe loads again', async () => {
    const { chat, host, requests, settle } = await openReadyPage();
    host.onEvent({ type: 'conversation', id: '77', isNewest: false });
    chat.chatOptions = { readOnly: true };
    await settle();
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(chat);
    await settle();
    const { settings } = bootFrame(chat);
    expect([settings.conversationId, settings.options, requests.length]).toEqual(['77', { readOnly: true }, 1]);
    elsewhere.replaceWith(chat);
  });
});

describe('An element that is removed', () => {
  it('An element that is removed ends its chat, token, timers and listeners', async () => {
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

  it('An element that is added again starts its chat', async () => {
    const { chat, requests, settle } = await openReadyPage();
    chat.remove();
    await settle();
    document.body.append(chat);
    await settle();
    bootFrame(chat).host.onReady(noControls);
    expect([chat.status, requests.length]).toEqual(['ready', 2]);
  });

  it('An element that was closed starts its chat only at the next opening after it is added again', async () => {
    const { chat, requests, settle } = await openPage({ open: '' });
    chat.hide();
    await settle();
    chat.remove();
    await settle();
    document.body.append(chat);
    await settle();
    expect([chat.status, requests.length]).toEqual(['idle', 1]);
  });

  it('An element that is removed and added while its code loads starts one chat', async () => {
    const { chat, requests, settle } = await openPage();
    chat.open = true;
    await chat.updateComplete;
    chat.remove();
    await Promise.resolve();
    document.body.append(chat);
    await settle();
    expect([chat.status, requests.length, chat.shadowRoot?.querySelectorAll('iframe').length]).toEqual(['loading', 1, 1]);
  });

  it('A token response after the removal of the element has no effect', async () => {
    let respond = (_: Response): void => {};
    const { chat, reported, settle } = await openPage({ mode: 'inline' }, () => new Promise((resolve) => (respond = resolve)));
    chat.remove();
    await settle();
    respond((await token()) as Response);
    await settle();
    expect([chat.status, reported]).toEqual(['idle', []]);
  });

  it('A command after the removal of the element rejects and starts no chat', async () => {
    const { chat, requests, settle } = await openReadyPage();
    chat.remove();
    await settle();
    await expect(chat.sendMessage('too late')).rejects.toMatchObject({ code: 'interrupted' });
    await settle();
    expect([chat.status, frameOf(chat), requests.length]).toEqual(['idle', null, 1]);
  });

  it('A command before the element is added, or added again, runs afterwards', async () => {
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

  it('An element that is created and never added sends no request', async () => {
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
