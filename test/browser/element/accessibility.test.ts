import axe from 'axe-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cdp, page } from 'vitest/browser';
import type { SessionStatus, TokenResponse } from '../../../src/index.js';
import { nobody, noToken, type OpenOptions, openPage, part, token, untilStatus, untilStill } from './page.js';

/** Checks the whole page, because a widget's position can violate a rule, too. The frame's content is not ours here. */
async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document, { iframes: false });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Emulates Windows' contrast themes. */
async function forceColours(value: 'active' | 'none'): Promise<void> {
  await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
}

const states: readonly (readonly [SessionStatus, Readonly<Record<string, string | null>>, OpenOptions])[] = [
  ['authorizing', {}, { getToken: noToken }],
  ['ready', {}, { getToken: token }],
  ['signed-out', {}, { getToken: nobody }],
  ['failed', {}, { getToken: () => Promise.resolve({} as TokenResponse) }],
  ['failed', { 'bot-id': null }, {}],
];

describe.each(['en', 'zh-CN'])('Check by axe in %s', (locale) => {
  it('axe finds no violation while the bubble is closed', async () => {
    await openPage({ locale });
    expect(await violations()).toEqual([]);
  });

  describe.each(['bubble', 'inline', 'page'])('Mode %s', (mode) => {
    it.each(states)('axe finds no violation while the status is %s: %o', async (status, attributes, options) => {
      const chat = await openPage({ mode, locale, ...attributes }, options);
      chat.show();
      await untilStatus(chat, status);
      await untilStill(chat);
      expect(await violations()).toEqual([]);
    });
  });

  it('axe finds no violation on a page with two chats of different names', async () => {
    const chat = await openPage({ mode: 'inline', locale, heading: 'Sales' });
    const other = chat.cloneNode() as typeof chat;
    other.getToken = token;
    other.heading = 'Support';
    document.body.append(other);
    await Promise.all([untilStatus(chat, 'ready'), untilStatus(other, 'ready')]);
    expect(await violations()).toEqual([]);
  });
});

describe('Hit targets', () => {
  it.each(['launcher', 'close'])('The part %s is at least 24 px wide and high', async (name) => {
    const chat = await openPage({ open: '' });
    await untilStatus(chat, 'ready');
    const { width, height } = part(chat, name).getBoundingClientRect();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  });
});

describe('Forced colours', () => {
  it('The launcher and the panel have a border, which is visible in forced colours, and axe finds no violation', async () => {
    const chat = await openPage({ open: '' });
    await untilStatus(chat, 'ready');
    await untilStill(chat);
    await forceColours('active');
    onTestFinished(() => forceColours('none'));
    expect(matchMedia('(forced-colors: active)').matches).toBe(true);
    for (const name of ['launcher', 'panel']) {
      const { borderStyle, borderWidth, borderColor, forcedColorAdjust } = getComputedStyle(part(chat, name));
      expect([borderStyle, parseFloat(borderWidth) >= 1, forcedColorAdjust], name).toEqual(['solid', true, 'auto']);
      expect(borderColor, name).not.toBe(getComputedStyle(document.body).backgroundColor);
    }
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
