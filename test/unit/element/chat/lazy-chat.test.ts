// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CozeChatElement } from '../../../../src/index.js';
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

it('A question for consent that could not be loaded is replaced by Retry, which loads it', async () => {
  const file = '../../../../src/element/consent/consent-gate.js';
  vi.doMock(file, () => Promise.reject(new Error('no network')));
  const { chat, reported } = await openPage({ mode: 'inline', consent: 'required' });
  await vi.waitUntil(() => chat.status === 'failed', { interval: 10 });
  expect(reported).toContain('coze-error');
  vi.doUnmock(file);
  within(chat, '.retry')?.click();
  await vi.waitUntil(() => within(chat, '[role=status] button') !== null, { interval: 10 });
  expect(chat.status).toBe('idle');
});

describe('Code whose request never ends', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  /** Stalls the code until the returned function is called. */
  function stall(file: string): () => void {
    let arrive: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    vi.doMock(file, async (importOriginal) => {
      await arrival;
      return importOriginal();
    });
    onTestFinished(() => {
      vi.doUnmock(file);
      arrive();
    });
    return arrive;
  }

  const seesFailure = (chat: CozeChatElement) => within(chat, '[role=alert] .retry') !== null;

  it('After 60 s the visitor reads that the chat cannot be reached, with Retry, and commands reject with the code', async () => {
    stall('../../../../src/element/chat/chat-controller.js');
    const { chat, settle } = await openPage({ mode: 'inline' });
    const said = chat.sendMessage('hello').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(chat.status).toBe('authorizing');
    await vi.advanceTimersByTimeAsync(1_000);
    await settle();
    expect([chat.status, seesFailure(chat)]).toEqual(['failed', true]);
    expect(await said).toMatchObject({ code: 'frame_unavailable', retryable: true });
  });

  it('Code that comes later is found by Retry', async () => {
    const arrive = stall('../../../../src/element/chat/chat-controller.js');
    const { chat } = await openPage({ mode: 'inline' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(chat.status).toBe('failed');
    arrive();
    vi.useRealTimers();
    within(chat, '.retry')?.click();
    await vi.waitUntil(() => chat.status === 'loading', { interval: 10 });
  });

  it('A question for consent that does not come within 60 s is replaced by Retry', async () => {
    stall('../../../../src/element/consent/consent-gate.js');
    const { chat, settle } = await openPage({ mode: 'inline', consent: 'required' });
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect([chat.status, seesFailure(chat)]).toEqual(['failed', true]);
  });
});
