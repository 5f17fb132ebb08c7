// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it, vi } from 'vitest';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, type ChatPage, frameOf, openPage, within } from '../page.js';

describe('Code that could not be loaded', () => {
  const CODE = '../../../../src/element/chat/chat-controller.js';
  const findNetwork = (): boolean => window.dispatchEvent(new Event('online'));

  async function openWithoutCode(): Promise<ChatPage> {
    vi.doMock(CODE, () => Promise.reject(new Error('no network')));
    const page = await openPage({ mode: 'inline' });
    await vi.waitUntil(() => page.chat.status === 'failed', { interval: 10 });
    vi.doUnmock(CODE);
    return page;
  }

  it('Code that could not be loaded is loaded by itself once the network is back', async () => {
    const { chat } = await openWithoutCode();
    findNetwork();
    await vi.waitUntil(() => chat.status === 'loading', { interval: 10 });
  });

  it('A chat that Retry has started is left unchanged when the network is back', async () => {
    const { chat, settle } = await openWithoutCode();
    within(chat, '.retry')?.click();
    await vi.waitUntil(() => chat.status === 'loading', { interval: 10 });
    bootFrame(chat).host.onReady(noControls);
    await settle();
    const frame = frameOf(chat);
    findNetwork();
    await settle();
    expect([chat.status, frameOf(chat)]).toEqual(['ready', frame]);
  });

  it('A chat is not started after signOut() when the network is back', async () => {
    const { chat, requests } = await openWithoutCode();
    const asked = requests.length;
    chat.signOut();
    findNetwork();
    await vi.waitUntil(() => chat.status === 'signed-out', { interval: 10 });
    expect(requests).toHaveLength(asked);
  });
});
