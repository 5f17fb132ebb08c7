import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { SessionStatus, TokenResponse } from '../../../src/index.js';
import { nobody, noToken, type OpenOptions, openPage, part, token, untilStatus, untilStill } from './page.js';

/** Checks the whole page, because a widget's position can violate a rule, too. The frame's content is not ours here. */
async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document, { iframes: false });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const states: readonly (readonly [SessionStatus, Readonly<Record<string, string | null>>, OpenOptions])[] = [
  ['authorizing', {}, { getToken: noToken }],
  ['ready', {}, { getToken: token }],
  ['signed-out', {}, { getToken: nobody }],
  ['failed', {}, { getToken: () => Promise.resolve({} as TokenResponse) }],
  ['failed', { 'bot-id': null }, {}],
];

describe.each(['en', 'zh-CN'])('axe finds nothing in %s', (locale) => {
  it('when the bubble is closed', async () => {
    await openPage({ locale });
    expect(await violations()).toEqual([]);
  });

  describe.each(['bubble', 'inline', 'page'])('in mode %s', (mode) => {
    it.each(states)('when it is %s: %o', async (status, attributes, options) => {
      const chat = await openPage({ mode, locale, ...attributes }, options);
      chat.show();
      await untilStatus(chat, status);
      await untilStill(chat);
      expect(await violations()).toEqual([]);
    });
  });

  it('when two chats on one page have names of their own', async () => {
    const chat = await openPage({ mode: 'inline', locale, heading: 'Sales' });
    const other = chat.cloneNode() as typeof chat;
    other.getToken = token;
    other.heading = 'Support';
    document.body.append(other);
    await Promise.all([untilStatus(chat, 'ready'), untilStatus(other, 'ready')]);
    expect(await violations()).toEqual([]);
  });
});

describe('hit targets', () => {
  it.each(['launcher', 'close'])('%s is at least 24 px wide and high', async (name) => {
    const chat = await openPage({ open: '' });
    await untilStatus(chat, 'ready');
    const { width, height } = part(chat, name).getBoundingClientRect();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  });
});

describe('forced colours', () => {
  it('leave launcher and panel an edge', async () => {
    const chat = await openPage({ open: '' });
    await untilStatus(chat, 'ready');
    expect([part(chat, 'launcher'), part(chat, 'panel')].map((element) => getComputedStyle(element).borderStyle)).toEqual([
      'solid',
      'solid',
    ]);
    await expect.element(page.getByRole('dialog')).toBeVisible();
  });
});
