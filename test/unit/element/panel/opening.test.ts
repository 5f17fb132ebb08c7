// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it } from 'vitest';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, frameOf, openPage, openReadyPage, within } from '../page.js';

const shows = (reported: readonly string[]): string[] => reported.filter((type) => /show|hide/.test(type));
function press(target: Element | null, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  target?.dispatchEvent(event);
  return event;
}

describe('A bubble', () => {
  it('A bubble requests nothing before it is opened', async () => {
    const { chat, requests } = await openPage();
    expect([chat.status, requests, frameOf(chat)]).toEqual(['idle', [], null]);
  });

  it('A bubble starts the chat when it is first opened, and keeps it when it is closed and opened again', async () => {
    const { chat, requests, settle } = await openPage();
    chat.show();
    await settle();
    bootFrame(chat).host.onReady(noControls);
    const frame = frameOf(chat);
    chat.hide();
    await settle();
    chat.show();
    await settle();
    expect(frameOf(chat)).toBe(frame);
    expect([chat.status, requests.length]).toEqual(['ready', 1]);
  });

  it.each(['show', 'toggle'] as const)('A bubble that opens fires one event before and one after, by %s()', async (method) => {
    const { chat, reported, settle } = await openPage();
    chat[method]();
    chat.show();
    await settle();
    expect(shows(reported)).toEqual(['coze-before-show', 'coze-show']);
    expect(chat.hasAttribute('open')).toBe(true);
  });

  it.each(['hide', 'toggle'] as const)('A bubble that closes fires one event before and one after, by %s()', async (method) => {
    const { chat, reported, settle } = await openPage({ open: '' });
    chat[method]();
    chat.hide();
    await settle();
    expect(shows(reported)).toEqual(['coze-show', 'coze-before-hide', 'coze-hide']);
    expect(chat.hasAttribute('open')).toBe(false);
  });

  it('The attribute open opens the bubble without events that can be prevented', async () => {
    const { chat, reported, settle } = await openPage();
    chat.setAttribute('open', '');
    await settle();
    chat.removeAttribute('open');
    await settle();
    expect(shows(reported)).toEqual(['coze-show', 'coze-hide']);
  });

  it('A bubble that is opened and closed in the same task fires no event', async () => {
    const { chat, reported, settle } = await openPage();
    chat.open = true;
    chat.open = false;
    await settle();
    expect(shows(reported)).toEqual([]);
  });

  it('A bubble stays closed when the page prevents coze-before-show', async () => {
    const { chat, reported, requests, settle } = await openPage();
    chat.addEventListener('coze-before-show', (event) => event.preventDefault());
    within(chat, '.launcher')?.click();
    await settle();
    expect([chat.open, shows(reported), requests]).toEqual([false, ['coze-before-show'], []]);
  });

  it('A bubble stays open when the page prevents coze-before-hide', async () => {
    const { chat, reported, settle } = await openPage({ open: '' });
    chat.addEventListener('coze-before-hide', (event) => event.preventDefault());
    within(chat, '.close')?.click();
    await settle();
    expect([chat.open, shows(reported)]).toEqual([true, ['coze-show', 'coze-before-hide']]);
  });

  it.each(['.panel', '.close', '.launcher'])('Escape in %s closes the bubble', async (place) => {
    const { chat, settle } = await openPage({ open: '' });
    const { defaultPrevented } = press(within(chat, place), 'Escape');
    await settle();
    expect([chat.open, defaultPrevented]).toEqual([false, true]);
  });

  it('Escape in the frame closes the bubble', async () => {
    const { chat, settle } = await openPage({ open: '' });
    const { host } = bootFrame(chat);
    host.onReady(noControls);
    host.onEvent({ type: 'escape' });
    await settle();
    expect(chat.open).toBe(false);
  });

  it('Escape does not close the bubble during text composition, or when the page has handled it', async () => {
    const { chat, settle } = await openPage({ open: '' });
    press(within(chat, '.panel'), 'Escape', { isComposing: true });
    press(within(chat, '.panel'), 'Escape', { keyCode: 229 });
    chat.addEventListener('keydown', (event) => event.preventDefault(), { capture: true });
    press(within(chat, '.panel'), 'Escape');
    await settle();
    expect(chat.open).toBe(true);
  });

  it('Escape is not handled while the bubble is closed', async () => {
    const { chat } = await openPage();
    expect(press(within(chat, '.launcher'), 'Escape').defaultPrevented).toBe(false);
  });
});

describe.each(['inline', 'page'])('Chat in mode %s', (mode) => {
  it('A chat without a bubble starts at once', async () => {
    const { chat, requests } = await openPage({ mode });
    expect([chat.status, requests.length]).toEqual(['loading', 1]);
  });

  it('A chat without a bubble can be neither opened nor closed', async () => {
    const { chat, reported, host, settle } = await openReadyPage({ mode });
    chat.show();
    chat.hide();
    chat.toggle();
    host.onEvent({ type: 'escape' });
    await settle();
    expect(shows(reported)).toEqual([]);
    expect(within(chat, '.panel')?.hidden).toBe(false);
    expect(press(within(chat, '.panel'), 'Escape').defaultPrevented).toBe(false);
  });

  it('A chat stays the same when its mode changes to bubble', async () => {
    const { chat, settle } = await openReadyPage({ mode });
    const frame = frameOf(chat);
    chat.mode = 'bubble';
    await settle();
    expect(within(chat, '.panel')?.hidden).toBe(true);
    expect([chat.status, frameOf(chat)]).toEqual(['ready', frame]);
  });
});
