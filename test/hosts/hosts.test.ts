/** Small sites of all kinds, built with their own tools from the packed package, each with a complete chat in Chromium. */
import { expect, test } from 'vitest';
import { PaneChat } from '../e2e/support/chat-page.js';
import { run, type RunningServer, startServer } from '../support/hosts/run.js';
import { setUpSites } from '../support/hosts/sites.js';
import { startWebsite } from '../support/hosts/website.js';

const { coze, install, open, openChat, untilFinished } = setUpSites([
  'plain-html',
  'react',
  'vue',
  'svelte',
  'solid',
  'webpack',
  'esbuild',
  'astro',
  'express',
]);

/** Alice asks and is answered, and the page gets the events; Bob sees nothing of that; Alice finds it again. */
async function checkVisitors(site: RunningServer): Promise<void> {
  const alicesPage = await open(site, 'alice');
  const alices = await openChat(alicesPage);
  await alices.ask('of pearls');
  await expect.poll(() => alicesPage.locator('output').innerText()).toBe('1');

  const bobs = await openChat(await open(site, 'bob'));
  await bobs.ask('of pebbles');
  expect(await bobs.text()).not.toContain('pearls');

  await alicesPage.reload();
  // A panel that was open is opened again.
  await new PaneChat(alicesPage.locator('coze-chat')).answerTo('of pearls').waitFor();
}

test('A site in plain HTML, with one script tag and no build, has a chat for two visitors', async () => {
  const { folder } = await install('plain-html');
  const packageFolder = `${folder}/node_modules/coze-chat-embed/dist`;
  await checkVisitors(untilFinished(await startWebsite({ coze: coze(), folder, packageFolder })));
});

test.each([
  ['React 19, by Vite', 'react', 'dist'],
  ['Vue 3, by Vite', 'vue', 'dist'],
  ['Svelte 5, by Vite', 'svelte', 'dist'],
  ['Solid, by Vite, with one attribute for all that the mount has', 'solid', 'dist'],
  ['plain JavaScript, by webpack 5', 'webpack', 'public'],
  ['Preact, by esbuild', 'esbuild', 'public'],
])('A site has a chat for two visitors: %s', async (_, name, built) => {
  const app = await install(name);
  await app.build();
  await checkVisitors(untilFinished(await startWebsite({ coze: coze(), folder: `${app.folder}/${built}` })));
});

test('A site in Astro, rendered on the server, has a chat for two visitors, and can import the package on the server', async () => {
  const app = await install('astro');
  await app.build();
  const env = { HOST: '127.0.0.1', PORT: '0' };
  const site = untilFinished(await startServer(['dist/server/entry.mjs'], { cwd: app.folder, env }));

  const html = await (await fetch(site.origin, { headers: { cookie: 'session=alice' } })).text();
  expect(html).toMatch(/<coze-chat [^>]*user-name="alice"/);
  const program = "await Promise.all([import('coze-chat-embed'), import('coze-chat-embed/define')])";
  await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: app.folder });
  await checkVisitors(site);
});

test('A site in Express, with pages from templates, has a chat for two visitors who share a browser', async () => {
  const { folder } = await install('express');
  const env = { PORT: '0', SESSION_SECRET: 'only for this test' };
  const site = untilFinished(await startServer(['server.js'], { cwd: folder, env }));
  // The panel is still open after sign-out.
  const page = await open(site, undefined, [/ 401 /]);
  const logIn = async (user: string): Promise<PaneChat> => {
    await page.getByLabel('Name').fill(user);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText(`Hello ${user}`).waitFor();
    return openChat(page);
  };
  const logOut = (): Promise<void> => page.getByRole('button', { name: 'Log out' }).click();

  const alices = await logIn('alice');
  await alices.ask('of amber');
  await expect.poll(() => page.locator('output').innerText()).toBe('1');
  await logOut();
  const bobs = await logIn('bob');
  await bobs.ask('of ashes');
  expect(await bobs.text()).not.toContain('amber');
  await logOut();
  await (await logIn('alice')).answerTo('of amber').waitFor();
});
