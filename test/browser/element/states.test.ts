/** The error states that a visitor sees: their accessibility, their text, and that they shift no layout. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CozeChatElement, TokenResponse } from '../../../src/index.js';
import { hasPart, nobody, noToken, openPage, part, textField, token, untilStatus, untilStill } from './page.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function network(isOnline: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

const instead = (chat: CozeChatElement): HTMLElement => part(chat, 'status');

/** Waits until the chat has been starting for longer than usual. */
async function untilSlow(chat: CozeChatElement): Promise<void> {
  await untilStatus(chat, 'authorizing');
  await vi.waitUntil(() => hasPart(chat, 'notice'));
  await vi.advanceTimersByTimeAsync(8_000);
  await vi.waitUntil(() => instead(chat).querySelector('.below'));
  // axe sets timers of its own.
  vi.useRealTimers();
}

async function untilFailed(chat: CozeChatElement, code: string): Promise<void> {
  chat.getToken = token;
  chat.botId = code;
  await untilStatus(chat, 'failed');
  await vi.waitUntil(() => instead(chat).role === 'alert');
}

/** Each step starts from the state of the previous one. */
const walk: Readonly<Record<string, (chat: CozeChatElement) => Promise<void>>> = {
  slow: untilSlow,
  'offline at the start': async (chat) => {
    network(false);
    await chat.updateComplete;
  },
  'signed out': async (chat) => {
    network(true);
    chat.signInUrl = '/login';
    chat.getToken = nobody;
    chat.reload();
    await untilStatus(chat, 'signed-out');
  },
  'too many requests': (chat) => untilFailed(chat, 'rate_limited'),
  'quota used up': (chat) => untilFailed(chat, 'quota_exceeded'),
  'bot not published': (chat) => untilFailed(chat, 'bot_unavailable'),
  'any other failure': (chat) => untilFailed(chat, 'chat_failed'),
  'offline with a live chat': async (chat) => {
    chat.botId = '1';
    await untilStatus(chat, 'ready');
    network(false);
    await vi.waitUntil(() => part(chat, 'notice').textContent !== '');
  },
};

describe.each([
  ['en', 'light', 'ltr'],
  ['en', 'dark', 'ltr'],
  ['ar', 'light', 'rtl'],
  ['ar', 'dark', 'rtl'],
])('Error states in %s, %s', (locale, theme, direction) => {
  it('Each state has no violation for axe, and a text of its own without a code, in the direction of the language', async () => {
    const chat = await openPage({ open: '', locale, theme }, { getToken: noToken });
    const strings: string[] = [];
    for (const [name, lead] of Object.entries(walk)) {
      await lead(chat);
      await chat.updateComplete;
      await untilStill(chat);
      const { violations } = await axe.run(document, { iframes: false });
      expect([name, violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)]).toEqual([name, []]);
      const text = `${instead(chat).textContent} ${part(chat, 'notice').textContent}`.replace(/\s+/g, ' ').trim();
      expect(text).not.toMatch(/4711|token/i);
      expect(getComputedStyle(instead(chat)).direction).toBe(direction);
      strings.push(text);
    }
    expect(new Set(strings.filter((text) => text.length > 10)).size).toBe(Object.keys(walk).length);
  });
});

describe('Layout shifts', () => {
  /** Counts layout shifts from now on (https://wicg.github.io/layout-instability/). */
  function watchShifts(): () => Promise<number> {
    let sum = 0;
    const add = (entries: PerformanceEntryList): void => {
      for (const entry of entries) sum += (entry as PerformanceEntry & { readonly value: number }).value;
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift' });
    onTestFinished(() => observer.disconnect());
    return async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      add(observer.takeRecords());
      return sum;
    };
  }

  it('An inline chat causes no layout shift from its first display through a slow start until it is ready', async () => {
    const shifts = watchShifts();
    let give = (_: TokenResponse): void => {};
    const late = new Promise<TokenResponse>((resolve) => (give = resolve));
    const chat = await openPage({ mode: 'inline', heading: 'Support' }, { getToken: () => late, before: '<p>Text above</p>' });
    document.body.insertAdjacentHTML('beforeend', '<p>Text below</p>');
    await untilSlow(chat);
    expect(await shifts()).toBe(0);
    give({ access_token: 'czs_secret', expires_in: 3600 });
    await untilStatus(chat, 'ready');
    expect(textField(chat)).toBeTruthy();
    expect(await shifts()).toBe(0);
    // Proves that the measurement works.
    document.querySelector('main')?.insertAdjacentHTML('afterbegin', '<div style="block-size: 90px"></div>');
    expect(await shifts()).toBeGreaterThan(0);
  });
});
