/** Compares the documentation's table of custom properties with the computed styles in Chromium. */
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import reference from '../../../demo/docs/en/reference/element.md?raw';
import type { CozeChatElement } from '../../../src/index.js';
import { tableIn } from '../../support/markdown.js';
import { hasPart, openPage, part, untilStatus } from './page.js';

const DESKTOP = { width: 1000, height: 900 };
const PHONE = { width: 375, height: 667 };

/**
 * Where a custom property takes effect: in a CSS property of a part, or of the element itself; and a value whose computed form is the same.
 */
type Place = readonly [name: string, inPart: 'launcher' | 'panel' | 'teaser' | undefined, css: string, value: string];

const places: readonly Place[] = [
  ['--coze-chat-accent', 'launcher', 'background-color', 'rgb(1, 2, 3)'],
  ['--coze-chat-background', 'panel', 'background-color', 'rgb(1, 2, 3)'],
  ['--coze-chat-background', 'teaser', 'background-color', 'rgb(1, 2, 3)'],
  ['--coze-chat-color', 'panel', 'color', 'rgb(1, 2, 3)'],
  ['--coze-chat-color', 'teaser', 'color', 'rgb(1, 2, 3)'],
  ['--coze-chat-width', 'panel', 'inline-size', '321px'],
  ['--coze-chat-height', 'panel', 'block-size', '432px'],
  ['--coze-chat-offset-inline', undefined, 'inset-inline-end', '7px'],
  ['--coze-chat-offset-block', undefined, 'inset-block-end', '7px'],
  ['--coze-chat-z-index', undefined, 'z-index', '7'],
  ['--coze-chat-radius', 'panel', 'border-radius', '7px'],
  ['--coze-chat-radius', 'teaser', 'border-radius', '7px'],
  ['--coze-chat-font', 'panel', 'font-family', 'serif'],
  ['--coze-chat-font', 'teaser', 'font-family', 'serif'],
  ['--coze-chat-font-size', 'panel', 'font-size', '17px'],
  ['--coze-chat-font-size', 'teaser', 'font-size', '17px'],
];

const rows = tableIn(reference, 'Custom properties');

/** The default, and the default in another mode, from a cell such as “400px; inline 100%”. */
function defaultsOf(name: string): readonly [string, string | undefined] {
  const cell = (rows.find(({ property }) => property === name)?.['default'] ?? '').replaceAll('`', '');
  const [first = cell, elsewhere] = cell.split(/; |, (?=on phones)/);
  return [first, elsewhere?.replace(/^[a-z ]+(?=\S+$)/, '')];
}

/** The computed value after the page has set the property, or has removed it. */
function computedWith(chat: CozeChatElement, [name, inPart, css]: Place, value: string | null): string {
  chat.style.setProperty(name, value);
  return getComputedStyle(inPart === undefined ? chat : part(chat, inPart)).getPropertyValue(css);
}

/** A bubble with its teaser, or with its panel. */
async function openWith(name: Place[1]): Promise<CozeChatElement> {
  await page.viewport(DESKTOP.width, DESKTOP.height);
  const chat = await openPage({ teaser: 'May I help?', 'teaser-delay-seconds': '0' });
  await vi.waitUntil(() => hasPart(chat, 'teaser'), { interval: 10, timeout: 10_000 });
  if (name === 'teaser') return chat;
  await userEvent.click(part(chat, 'launcher'));
  await untilStatus(chat, 'ready');
  return chat;
}

it('The documented custom properties are those that the styles of the element read', async () => {
  const { shadowRoot } = await openWith('panel');
  const styles = shadowRoot?.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join('\n') ?? '';
  const read = new Set([...styles.matchAll(/var\((--coze-chat-[\w-]+)/g)].map(([, name]) => name));
  const names = rows.map(({ property }) => property);
  expect([...read].sort()).toEqual(names.toSorted());
  expect([...new Set(places.map(([name]) => name))].sort()).toEqual(names.toSorted());
});

it.each(places.map((place) => [place[0], place[1] ?? 'element', place[2], place] as const))(
  'The property %s sets, in the %s, %s, and has the documented default',
  async (name, _part, _css, place) => {
    const chat = await openWith(place[1]);
    const byDefault = computedWith(chat, place, null);
    expect(computedWith(chat, place, place[3])).toBe(place[3]);
    expect(computedWith(chat, place, defaultsOf(name)[0])).toBe(byDefault);
    expect(byDefault).not.toBe(place[3]);
  },
);

it.each<Place>([
  ['--coze-chat-width', undefined, 'inline-size', '321px'],
  ['--coze-chat-height', undefined, 'block-size', '432px'],
])('The property %s has another documented default in mode inline', async (...place) => {
  const chat = await openPage({ mode: 'inline' });
  const byDefault = computedWith(chat, place, null);
  expect(computedWith(chat, place, defaultsOf(place[0])[1] ?? '')).toBe(byDefault);
  expect(computedWith(chat, place, place[3])).toBe(place[3]);
});

it.each<Place>([
  ['--coze-chat-offset-inline', undefined, 'inset-inline-end', '7px'],
  ['--coze-chat-offset-block', undefined, 'inset-block-end', '7px'],
])('The property %s has another documented default on phones', async (...place) => {
  await page.viewport(PHONE.width, PHONE.height);
  const chat = await openPage();
  const byDefault = computedWith(chat, place, null);
  expect(computedWith(chat, place, defaultsOf(place[0])[1] ?? '')).toBe(byDefault);
  expect(computedWith(chat, place, place[3])).toBe(place[3]);
});
