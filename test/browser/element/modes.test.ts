/** A panel that fills a small screen, a panel that the visitor has resized, and a panel that is reopened on the next page. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { focused, hasPart, openBubble, openPage, part, textField, untilStatus, untilStill } from './page.js';

const ELSEWHERE = '<input id="elsewhere" aria-label="Elsewhere">';
const field = (): HTMLInputElement => document.querySelector('#elsewhere') as HTMLInputElement;

beforeEach(async () => {
  await page.viewport(1000, 800);
});

describe('Open panel on a small screen or at a zoom of 400 %', () => {
  it('The panel fills a small screen and is modal, and Escape in the frame closes it and restores the page and the focus', async () => {
    await page.viewport(320, 256);
    const chat = await openBubble({}, { before: ELSEWHERE });
    await untilStill(chat);
    const panel = part(chat, 'panel');
    expect([panel.matches(':modal'), panel.ariaModal, focused(chat)]).toEqual([true, 'true', 'panel']);
    const { x, y, width, height } = panel.getBoundingClientRect();
    expect([x, y, width, height]).toEqual([0, 0, 320, 256]);
    expect(getComputedStyle(part(chat, 'launcher')).visibility).toBe('hidden');

    field().focus();
    expect(focused(chat)).not.toBe('elsewhere');
    textField(chat).focus();
    await userEvent.keyboard('{Escape}');
    await vi.waitUntil(() => !chat.open);
    await chat.updateComplete;
    expect([panel.matches(':modal'), panel.ariaModal, focused(chat)]).toEqual([false, null, 'launcher']);
    field().focus();
    expect(focused(chat)).toBe('elsewhere');
    expect(document.querySelector('[inert]')).toBeNull();
  });

  it('The panel is no longer modal when there is room again, and keeps its frame and the typed text', async () => {
    await page.viewport(320, 256);
    const chat = await openBubble();
    textField(chat).value = 'half a sen';
    await page.viewport(1000, 800);
    await vi.waitUntil(() => !part(chat, 'panel').matches(':modal'));
    expect([chat.open, textField(chat).value, part<HTMLDialogElement>(chat, 'panel').open]).toEqual([true, 'half a sen', true]);
    chat.hide();
    await chat.updateComplete;
    expect(part(chat, 'panel').checkVisibility()).toBe(false);
  });

  it('The panel keeps its close button on a small screen even if the page has switched it off', async () => {
    const chat = await openBubble();
    chat.chatOptions = { header: { shown: false, closeButton: false } };
    await vi.waitUntil(() => !part(chat, 'close').checkVisibility());
    chat.chatOptions = { header: { closeButton: false } };
    await vi.waitUntil(() => part(chat, 'header').checkVisibility());
    expect(part(chat, 'close').checkVisibility()).toBe(false);
    await page.viewport(320, 256);
    await vi.waitUntil(() => part(chat, 'close').checkVisibility());
    await userEvent.click(part(chat, 'close'));
    expect(chat.open).toBe(false);
  });

  it('The panel closes with the back gesture of a phone', async () => {
    await page.viewport(320, 256);
    const chat = await openBubble();
    expect(part(chat, 'panel').dispatchEvent(new Event('cancel', { cancelable: true }))).toBe(false);
    expect(chat.open).toBe(false);
  });
});

describe('Handle for the size of the panel', () => {
  const size = (chat: Parameters<typeof part>[0]): readonly number[] => {
    const { width, height } = part(chat, 'panel').getBoundingClientRect();
    return [width, height];
  };

  it('The handle has a name and values, and is 24 px wide and high', async () => {
    const chat = await openBubble();
    const handle = page.getByRole('separator', { name: 'Size of the chat' });
    await expect.element(handle).toHaveAttribute('aria-valuenow', '400');
    await expect.element(handle).toHaveAttribute('aria-valuetext', '400 × 640');
    const { width, height } = part(chat, 'resize').getBoundingClientRect();
    expect([width, height]).toEqual([24, 24]);
  });

  it.each([
    ['ltr', 'bottom-end', '{ArrowLeft}{ArrowUp}'],
    ['rtl', 'bottom-end', '{ArrowRight}{ArrowUp}'],
    ['ltr', 'top-start', '{ArrowRight}{ArrowDown}'],
  ])(
    'In %s writing at %s the handle enlarges the panel by the keys %s, and the size is remembered until Enter',
    async (dir, placement, keys) => {
      document.documentElement.dir = dir;
      const chat = await openBubble({ placement, style: '--coze-chat-height: 500px' });
      await untilStill(chat);
      part(chat, 'resize').focus();
      await userEvent.keyboard(keys);
      expect(size(chat)).toEqual([416, 516]);
      expect(localStorage.getItem('coze-chat-embed:size:1')).toBe('416x516');

      const next = await openPage({ placement, style: '--coze-chat-height: 500px' });
      await untilStatus(next, 'ready');
      await untilStill(next);
      await vi.waitUntil(() => size(next)[0] === 416);
      part(next, 'resize').focus();
      await userEvent.keyboard('{Enter}');
      expect([size(next), localStorage.length]).toEqual([[400, 500], 0]);
    },
  );

  it('The handle follows the pointer within the viewport, and a double click restores the page’s size', async () => {
    const chat = await openBubble();
    await untilStill(chat);
    const handle = part(chat, 'resize');
    const drag = (type: string, x: number, y: number) =>
      handle.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX: x, clientY: y, bubbles: true }));
    handle.setPointerCapture = () => {};
    drag('pointerdown', 500, 100);
    drag('pointermove', 450, 300);
    expect(size(chat)).toEqual([450, 440]);
    drag('pointermove', -5000, -5000);
    expect(size(chat)).toEqual([1000 - 48, 800 - 48 - 72]);
    drag('pointermove', 5000, 5000);
    expect(size(chat)).toEqual([280, 320]);
    drag('lostpointercapture', 5000, 5000);
    expect(localStorage.getItem('coze-chat-embed:size:1')).toBe('280x320');
    await userEvent.dblClick(handle);
    expect([size(chat), localStorage.length]).toEqual([[400, 640], 0]);
  });

  it('The handle works if the browser forbids storage', async () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const chat = await openBubble();
    await untilStill(chat);
    part(chat, 'resize').focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(size(chat)).toEqual([416, 640]);
  });

  it('The handle does not exist in mode inline', async () => {
    const chat = await openPage({ mode: 'inline' });
    await untilStatus(chat, 'ready');
    expect(page.getByRole('separator').elements()).toEqual([]);
  });
});

describe('Next page in the same tab', () => {
  it('The panel is open again on the next page, and the focus stays where it is', async () => {
    await openBubble();
    const chat = await openPage({}, { before: ELSEWHERE });
    field().focus();
    await untilStatus(chat, 'ready');
    expect([chat.open, focused(chat)]).toEqual([true, 'elsewhere']);
  });

  it.each([
    ['it was closed', {}, (chat: HTMLElement & { hide(): void; signOut(): void }) => chat.hide()],
    ['the visitor signed out', {}, (chat: HTMLElement & { hide(): void; signOut(): void }) => chat.signOut()],
    ['the page has switched reopening off', { 'forget-open': '' }, () => {}],
    ['it is another chat', { id: 'support' }, () => {}],
  ])('The panel is closed on the next page and requests no token if %s', async (_, attributes, before) => {
    const former = await openBubble('id' in attributes ? {} : attributes);
    before(former);
    await former.updateComplete;
    const getToken = vi.fn();
    const chat = await openPage(attributes, { getToken });
    expect([chat.open, chat.status, getToken.mock.calls.length]).toEqual([false, 'idle', 0]);
  });

  it.each([
    ['its code is loaded when the browser is idle, and no token is requested', 'intent', true],
    ['nothing is loaded if the page requires consent', 'click', false],
  ])('If the panel was closed on the page before, %s', async (_, loading, comes) => {
    const former = await openBubble();
    former.hide();
    await former.updateComplete;
    const getToken = vi.fn();
    // Away from the pointer.
    const chat = await openPage({ loading, placement: 'top-start' }, { getToken });
    await new Promise((resolve) => requestIdleCallback(resolve));
    await (comes ? vi.waitUntil(() => hasPart(chat, 'frame')) : Promise.resolve());
    expect([hasPart(chat, 'frame'), chat.open, chat.status, getToken.mock.calls.length]).toEqual([comes, false, 'idle', 0]);
  });

  it('The panel is closed on the next page if it filled the screen', async () => {
    await page.viewport(320, 256);
    await openBubble();
    expect((await openPage()).open).toBe(false);
  });
});
