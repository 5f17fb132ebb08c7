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

describe('a bubble', () => {
  it('asks for nothing before it is opened', async () => {
    const { chat, requests } = await openPage();
    expect([chat.status, requests, frameOf(chat)]).toEqual(['idle', [], null]);
  });

  it('starts the chat with the first opening, and keeps it when it is closed and opened again', async () => {
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

  it.each(['show', 'toggle'] as const)('says before and after that it opens, once each, by %s()', async (method) => {
    const { chat, reported: reported, settle } = await openPage();
    chat[method]();
    chat.show();
    await settle();
    expect(shows(reported)).toEqual(['coze-before-show', 'coze-show']);
    expect(chat.hasAttribute('open')).toBe(true);
  });

  it.each(['hide', 'toggle'] as const)('says before and after that it closes, once each, by %s()', async (method) => {
    const { chat, reported: reported, settle } = await openPage({ open: '' });
    chat[method]();
    chat.hide();
    await settle();
    expect(shows(reported)).toEqual(['coze-show', 'coze-before-hide', 'coze-hide']);
    expect(chat.hasAttribute('open')).toBe(false);
  });

  it('opens with the attribute, which nobody can prevent', async () => {
    const { chat, reported: reported, settle } = await openPage();
    chat.setAttribute('open', '');
    await settle();
    chat.removeAttribute('open');
    await settle();
    expect(shows(reported)).toEqual(['coze-show', 'coze-hide']);
  });

  it('says nothing when it was opened and closed in one breath', async () => {
    const { chat, reported: reported, settle } = await openPage();
    chat.open = true;
    chat.open = false;
    await settle();
    expect(shows(reported)).toEqual([]);
  });

  it('stays closed when the page prevents coze-before-show', async () => {
    const { chat, reported: reported, requests, settle } = await openPage();
    chat.addEventListener('coze-before-show', (event) => event.preventDefault());
    within(chat, '.launcher')?.click();
    await settle();
    expect([chat.open, shows(reported), requests]).toEqual([false, ['coze-before-show'], []]);
  });

  it('stays open when the page prevents coze-before-hide', async () => {
    const { chat, reported: reported, settle } = await openPage({ open: '' });
    chat.addEventListener('coze-before-hide', (event) => event.preventDefault());
    within(chat, '.close')?.click();
    await settle();
    expect([chat.open, shows(reported)]).toEqual([true, ['coze-show', 'coze-before-hide']]);
  });

  it.each(['.panel', '.close', '.launcher'])('closes with Escape in %s', async (place) => {
    const { chat, settle } = await openPage({ open: '' });
    const { defaultPrevented } = press(within(chat, place), 'Escape');
    await settle();
    expect([chat.open, defaultPrevented]).toEqual([false, true]);
  });

  it('closes with Escape in the frame', async () => {
    const { chat, settle } = await openPage({ open: '' });
    const { host } = bootFrame(chat);
    host.onReady(noControls);
    host.onEvent({ type: 'escape' });
    await settle();
    expect(chat.open).toBe(false);
  });

  it('leaves Escape alone that ends the choice of a character, or that the page has used', async () => {
    const { chat, settle } = await openPage({ open: '' });
    press(within(chat, '.panel'), 'Escape', { isComposing: true });
    chat.addEventListener('keydown', (event) => event.preventDefault(), { capture: true });
    press(within(chat, '.panel'), 'Escape');
    await settle();
    expect(chat.open).toBe(true);
  });

  it('leaves Escape alone while it is closed', async () => {
    const { chat } = await openPage();
    expect(press(within(chat, '.launcher'), 'Escape').defaultPrevented).toBe(false);
  });
});

describe.each(['inline', 'page'])('in mode %s', (mode) => {
  it('the chat starts at once', async () => {
    const { chat, requests } = await openPage({ mode });
    expect([chat.status, requests.length]).toEqual(['loading', 1]);
  });

  it('there is nothing to open or close', async () => {
    const { chat, reported: reported, host, settle } = await openReadyPage({ mode });
    chat.show();
    chat.hide();
    chat.toggle();
    host.onEvent({ type: 'escape' });
    await settle();
    expect(shows(reported)).toEqual([]);
    expect(within(chat, '.panel')?.hidden).toBe(false);
    expect(press(within(chat, '.panel'), 'Escape').defaultPrevented).toBe(false);
  });

  it('a bubble it becomes is still the same chat', async () => {
    const { chat, settle } = await openReadyPage({ mode });
    const frame = frameOf(chat);
    chat.mode = 'bubble';
    await settle();
    expect(within(chat, '.panel')?.hidden).toBe(true);
    expect([chat.status, frameOf(chat)]).toEqual(['ready', frame]);
  });
});
