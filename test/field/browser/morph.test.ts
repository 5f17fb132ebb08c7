/** B7: morphing a page to the server's markup leaves the visitor's panel unchanged. */
// @ts-expect-error -- Turbo has no declarations
import { morphElements } from '@hotwired/turbo';
import { Idiomorph } from 'idiomorph';
import morphdom from 'morphdom';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CozeChatElement } from '../../../src/index.js';
import { openPage, part, untilStatus } from '../../browser/element/page.js';

const MORPHS: Readonly<Record<string, (chat: HTMLElement, markup: string) => unknown>> = {
  Turbo: (chat, markup) => morphElements(chat, parse(markup)),
  Idiomorph: (chat, markup) => Idiomorph.morph(chat, markup),
  morphdom: (chat, markup) => morphdom(chat, markup),
};
const OPENINGS: Readonly<Record<string, (chat: CozeChatElement) => unknown>> = {
  'the launcher': (chat) => userEvent.click(part(chat, 'launcher')),
  'show()': (chat) => chat.show(),
  'the property': (chat) => (chat.open = true),
};

function parse(markup: string): Element {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return template.content.firstElementChild as Element;
}

const cases = Object.keys(MORPHS).flatMap((morph) => Object.keys(OPENINGS).map((opening) => ({ morph, opening })));

it.each(cases)(
  'A panel opened by $opening stays open after a morph by $morph, with the same frame and no event',
  async ({ morph, opening }) => {
    const chat = await openPage();
    const markup = chat.outerHTML;
    await OPENINGS[opening]?.(chat);
    await untilStatus(chat, 'ready');
    const frame = part(chat, 'panel').querySelector('iframe');
    const events = vi.fn();
    for (const type of ['coze-before-hide', 'coze-hide', 'coze-show']) chat.addEventListener(type, events);

    MORPHS[morph]?.(chat, markup);
    await chat.updateComplete;

    expect([chat.isConnected, chat.open, chat.hasAttribute('open'), events.mock.calls.length]).toEqual([true, true, true, 0]);
    expect(part(chat, 'panel').querySelector('iframe')).toBe(frame);
  },
);

it.each(Object.keys(MORPHS))('A morph by %s to markup with other attributes changes these attributes', async (morph) => {
  const chat = await openPage();
  const markup = chat.outerHTML.replace('>', ' heading="Another" placement="top-start">');
  chat.show();
  await chat.updateComplete;
  MORPHS[morph]?.(chat, markup);
  await chat.updateComplete;
  expect([chat.open, chat.heading, chat.placement]).toEqual([true, 'Another', 'top-start']);
});

it('A page that has set the attribute open closes the panel by removing it, and opens and closes it again', async () => {
  const chat = await openPage({ open: '' });
  for (let round = 0; round < 2; round++) {
    expect(chat.open).toBe(true);
    chat.removeAttribute('open');
    await chat.updateComplete;
    expect(chat.open).toBe(false);
    chat.toggleAttribute('open');
    await chat.updateComplete;
  }
});

it('A panel that the visitor has closed and opened again is no longer closed by the removal of the attribute', async () => {
  const chat = await openPage({ open: '' });
  chat.hide();
  await chat.updateComplete;
  chat.show();
  await chat.updateComplete;
  chat.removeAttribute('open');
  await chat.updateComplete;
  expect([chat.open, chat.hasAttribute('open')]).toEqual([true, true]);
  chat.open = false;
  await chat.updateComplete;
  expect(chat.hasAttribute('open')).toBe(false);
});
