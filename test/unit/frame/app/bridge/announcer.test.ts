// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { createAnnouncer } from '../../../../../src/frame/app/bridge/announcer.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

afterEach(() => document.body.replaceChildren());

test('The live region exists before the first text, announces the same text again, and is empty after five seconds', async () => {
  const time = new VirtualTime();
  const { announce } = createAnnouncer(document, time.timers);
  const region = document.querySelector('[role="status"]');
  expect(region?.textContent).toBe('');

  announce('Hello');
  await time.advance(0);
  const first = region?.firstElementChild;
  await time.advance(3_000);
  announce('Hello');
  await time.advance(0);
  expect(region?.firstElementChild).not.toBe(first);

  await time.advance(4_999);
  expect(region?.textContent).toBe('Hello');
  await time.advance(1);
  expect(region?.textContent).toBe('');
});

test('A text that is known late is announced before the texts that came after it', async () => {
  const time = new VirtualTime();
  const { announce } = createAnnouncer(document, time.timers);
  const announced = recordAnnouncements();
  let convert = (_text: string): void => undefined;
  announce(new Promise((resolve) => (convert = resolve)));
  announce('the second answer');
  await time.advance(100);
  expect(announced()).toEqual([]);
  convert('the first answer');
  await time.advance(100);
  expect(announced()).toEqual(['the first answer', 'the second answer']);
});

test('Silence removes what is announced, and what was to be announced before it', async () => {
  const time = new VirtualTime();
  const { announce, silence } = createAnnouncer(document, time.timers);
  const region = document.querySelector('[role="status"]');
  announce('an answer');
  await time.advance(0);
  let convert = (_text: string): void => undefined;
  announce(new Promise((resolve) => (convert = resolve)));
  silence();
  expect(region?.textContent).toBe('');
  convert('a late answer');
  await time.advance(0);
  expect(region?.textContent).toBe('');
  announce('the answer of another conversation');
  await time.advance(0);
  expect(region?.textContent).toBe('the answer of another conversation');
});

/** Returns a function that lists the texts that were put into the live region since now. */
function recordAnnouncements(): () => readonly string[] {
  const announcements: string[] = [];
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) announcements.push(...[...addedNodes].map(({ textContent }) => textContent ?? ''));
  });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => announcements;
}
