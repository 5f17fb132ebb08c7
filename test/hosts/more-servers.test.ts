/** `npm run test:servers`: backends whose installation and build take too long for `npm test`. */
import { expect, test } from 'vitest';
import { PaneChat } from '../e2e/support/chat-page.js';
import type { RunningServer } from '../support/hosts/run.js';
import { setUpSites } from '../support/hosts/sites.js';

const { checkServer, open } = setUpSites(['koa', 'nest', 'next', 'nuxt', 'sveltekit', 'bun', 'deno', 'workers']);

test.each([
  ['Koa', { name: 'koa', args: ['server.js'], isBuilt: false }],
  ['NestJS', { name: 'nest', args: ['dist/main.js'] }],
  ['Next', { name: 'next', args: ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1'] }],
  ['Nuxt', { name: 'nuxt', args: ['.output/server/index.mjs'] }],
  ['SvelteKit', { name: 'sveltekit', args: ['build'], check: checkTools }],
])('A site on %s keeps two visitors apart, with the files that init writes', (_, server) =>
  checkServer({ isBuilt: true, ...server, isInitialized: true }),
);

/** On a server-rendered page: after hydration the chat has its tools and context, which follow the page's current state. */
async function checkTools({ origin }: RunningServer): Promise<void> {
  const html = await (await fetch(`${origin}/tools`)).text();
  expect(html).toMatch(/<coze-chat mode="inline" mount="\/coze\/"/);
  const page = await open({ origin: `${origin}/tools`, stop: () => Promise.resolve() });
  // Every page also has a second chat, from the script tag.
  const chat = new PaneChat(page.locator('coze-chat[mode=inline]'));
  const ask = async (question: string, answer: string): Promise<void> => {
    await chat.send(question);
    await chat.frame.getByRole('log').getByText(answer).last().waitFor();
  };
  await ask('what is in my cart', 'In your cart: pearls: 1');
  await page.getByRole('button', { name: 'One more' }).click();
  await ask('what’s in my cart', 'In your cart: pearls: 2');
  await ask('what am I looking at', 'You are looking at pearls: 2.');
  await page.getByRole('button', { name: 'Close the shop' }).click();
  await ask('show me what is in my cart', 'In your cart: nothing, the shop is closed');
}

test.each([
  ['Bun', { name: 'bun', program: 'node_modules/@oven/bun-linux-x64/bin/bun', args: ['server.js'] }],
  ['Deno', { name: 'deno', program: 'node_modules/@deno/linux-x64-glibc/deno', args: ['run', '--allow-all', 'server.js'] }],
  ['the runtime of Workers', { name: 'workers', isBuilt: true, args: ['start.js'] }],
])('A site on %s keeps two visitors apart', (_, server) => checkServer(server));
