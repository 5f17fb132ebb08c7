/** Routers that insert the next page's body into the current document: the real Turbo, and one that runs no script twice. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChatPage } from './support/chat-page.js';
import { clientLine, tutorialClient } from './support/client-page.js';
import { chatCount, embedLine, openScriptPage, putScriptPage } from './support/script-page.js';
import { World } from './support/world.js';

const turboFile = new URL('../../node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js', import.meta.url);
const TURBO = '<script src="/turbo.js" defer></script>';

let world: World;
beforeAll(async () => {
  world = await World.create();
  world.host.pages.set('/turbo.js', new Response(readFileSync(turboFile), { headers: { 'content-type': 'text/javascript' } }));
});
afterEach(() => world.afterEach());
afterAll(() => world.close());

const linkTo = (path: string): string => `<a href="${path}">Next</a>`;

async function openAndAsk(page: ChatPage): Promise<void> {
  await page.load();
  await page.chat().element.getByRole('button', { name: 'Open chat' }).click();
  await page.chat().ask('of pearls');
}

/** Navigates to the next page in the same document. */
async function follow(page: ChatPage): Promise<void> {
  await page.page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await page.page.getByRole('link', { name: 'Next' }).click();
  await page.page.getByText('The next page').waitFor();
  expect(await page.page.evaluate(() => 'isSameDocument' in window)).toBe(true);
}

test.each([
  ['the head', (line: string) => ({ head: line, body: '' })],
  ['the body', (line: string) => ({ head: '', body: line })],
])('With the script tag in %s of Turbo’s pages each page has one chat with its conversation, also after a return', async (_, put) => {
  const { head, body } = put(embedLine(world, 'defer'));
  const next = putScriptPage(world, { head: `${TURBO}${head}`, body: `<p>The next page</p>${body}` });
  const page = await openScriptPage(world, putScriptPage(world, { head: `${TURBO}${head}`, body: `${linkTo(next)}${body}` }));
  await openAndAsk(page);

  await follow(page);
  await page.chat().answerTo('of pearls').waitFor();
  expect(await chatCount(page)).toBe(1);

  // Turbo shows its snapshot of the previous body, with a copy of the chat.
  await page.page.goBack();
  await page.page.getByRole('link', { name: 'Next' }).waitFor();
  await page.chat().ask('of pebbles');
  expect(await chatCount(page)).toBe(1);
});

test('A Turbo page without the script tag has no chat', async () => {
  const next = putScriptPage(world, { head: TURBO, body: '<p>The next page</p>' });
  const page = await openScriptPage(world, putScriptPage(world, { head: TURBO, body: `${linkTo(next)}${embedLine(world)}` }));
  await openAndAsk(page);
  await follow(page);
  expect(await chatCount(page)).toBe(0);
});

test('A Turbo page for another visitor has a new chat, without anything of the former visitor', async () => {
  const bobs = embedLine(world, '', { 'user-name': 'Bob' });
  const alices = embedLine(world, '', { 'user-name': 'Alice', 'user-avatar': '/favicon.ico' });
  const next = putScriptPage(world, { head: `${TURBO}${bobs}`, body: '<p>The next page</p>' });
  const page = await openScriptPage(world, putScriptPage(world, { head: `${TURBO}${alices}`, body: linkTo(next) }));
  await openAndAsk(page);

  await page.signIn('left', 'bob');
  await follow(page);
  await page.chat().ask('of pebbles');
  expect(await page.chat().text()).not.toContain('pearls');
  expect(await page.page.locator('coze-chat').evaluateAll((chats) => chats.map((chat) => chat.getAttribute('user-name')))).toEqual(['Bob']);
  expect(await page.chat().element.getAttribute('user-avatar')).toBeNull();
});

test('A Turbo page that is morphed to itself keeps its chat', async () => {
  const morph = '<meta name="turbo-refresh-method" content="morph">';
  const head = `${TURBO}${morph}${embedLine(world)}`;
  const page = await openScriptPage(world, putScriptPage(world, { head, body: '<p>The same page</p>' }));
  await openAndAsk(page);
  await page.page.evaluate(async () => {
    const rendered = new Promise((resolve) => document.addEventListener('turbo:render', resolve, { once: true }));
    (window as unknown as { Turbo: { visit(url: string, options: object): void } }).Turbo.visit(location.href, { action: 'replace' });
    await rendered;
  });
  expect(await page.chat().text()).toContain('of pearls');
  expect(await chatCount(page)).toBe(1);
});

test('Turbo pages that create a WebChatClient have one chat each, also after a return', async () => {
  const client = `<script>void ${tutorialClient(world)};</script>`;
  const head = `${TURBO}${clientLine(world)}`;
  const next = putScriptPage(world, { head, body: `<p>The next page</p>${client}` });
  const page = await openScriptPage(world, putScriptPage(world, { head, body: `${linkTo(next)}${client}` }));
  await page.load();
  await follow(page);
  expect(await chatCount(page)).toBe(1);

  await page.page.goBack();
  await page.page.getByRole('link', { name: 'Next' }).waitFor();
  await page.page.getByRole('button', { name: 'Open chat' }).click();
  expect(await chatCount(page)).toBe(1);
});

test('A replaced body whose scripts do not run again has the chat of its script tag, too', async () => {
  const page = await openScriptPage(world, putScriptPage(world, { body: embedLine(world) }));
  await openAndAsk(page);
  await page.page.evaluate(async () => {
    const text = await (await fetch(location.href)).text();
    document.body.replaceWith(new DOMParser().parseFromString(text, 'text/html').body);
  });
  await page.chat().answerTo('of pearls').waitFor();
  expect(await chatCount(page)).toBe(1);
});

test('A form field in the new body that looks like the script tag to scripts gets no chat, so that no token goes to its address', async () => {
  const foreign = embedLine(world, 'type="image"', { id: 'foreign', 'api-base-url': 'https://evil.example' });
  const field = foreign.replace('<script', '<input').replace('></script>', '>');
  const page = await openScriptPage(world, putScriptPage(world, { head: embedLine(world), body: '<p>The page</p>' }));
  await openAndAsk(page);
  // By its name, the form takes the place of the property `document.scripts`.
  const body = `<form name="scripts">${field}</form>`;
  await page.page.evaluate((html) => {
    document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body);
  }, body);
  await page.chat().answerTo('of pearls').waitFor();
  expect(await page.page.locator('coze-chat').evaluateAll((chats) => chats.map((chat) => chat.getAttribute('api-base-url')))).toEqual([
    world.coze.origin,
  ]);
});
