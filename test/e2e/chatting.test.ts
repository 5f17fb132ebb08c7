import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ChatPage } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const alice = { left: 'alice' } as const;
const PICTURE = fileURLToPath(new URL('./support/picture.png', import.meta.url));

test('Enter sends, Shift+Enter makes a new line, the answer streams in, and a reload shows both again', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  await chat.untilIdle();
  await chat.input.focus();
  await page.page.keyboard.type('first line');
  await page.page.keyboard.press('Shift+Enter');
  await page.page.keyboard.type('second line');
  expect(await chat.input.inputValue()).toBe('first line\nsecond line');

  world.coze.setFaults({ holdLastWord: true });
  await page.page.keyboard.press('Enter');
  await chat.frame.getByText('You said: first').waitFor();
  expect(await chat.text()).not.toMatch(/You said: first line\s+second line/);
  world.coze.resetFaults();
  await expect.poll(() => chat.text()).toMatch(/You said: first line\s+second line/);
  expect(world.coze.requests.find((request) => request.path === '/v3/chat')?.requestText).toContain('first line\nsecond line');

  await chat.untilIdle();
  await page.load();
  await expect.poll(() => chat.text()).toMatch(/You said: first line\s+second line/);
});

/** Asks, and goes to the next page before Coze has written the last word of the answer. */
async function leaveDuringAnswer(page: ChatPage, question: string): Promise<void> {
  world.coze.setFaults({ holdLastWord: true, answersOnUnread: true });
  await page.chat().send(question);
  const beginning = question.slice(0, question.lastIndexOf(' '));
  await page.chat().frame.getByText(`You said: ${beginning}`).waitFor();
  await page.load();
  await page.chat().untilIdle();
}

test('An answer that is still written when the visitor goes to the next page is shown there, above the next question', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  await leaveDuringAnswer(page, 'what do you sell');
  expect(await chat.text()).not.toContain('You said: what do you');
  await chat.frame.locator('.turn', { hasText: 'what do you sell' }).locator('.message--bot').waitFor();
  // Coze refuses it until the first answer is complete.
  await chat.send('and what else');
  await expect.poll(() => world.coze.requests.filter(({ path }) => path === '/v3/chat').length).toBe(2);
  world.coze.setFaults({ holdLastWord: false });
  await expect.poll(() => chat.text()).toMatch(/You said: what do you sell[^]*and what else[^]*You said: and what else/);
});

test('An answer that comes after the next one is shown below its own question, and announced to screen readers', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  await leaveDuringAnswer(page, 'where is the shop');
  const releaseHistory = await page.hold(/\/v1\/conversation\/message\/list/);
  world.coze.setFaults({ holdLastWord: false });
  await chat.ask('and when is it open');
  expect(await chat.text()).not.toContain('You said: where is the shop');
  await releaseHistory();
  await chat.frame.getByRole('status').getByText('You said: where is the shop').waitFor();
  expect(await chat.text()).toMatch(/You said: where is the shop[^]*and when is it open[^]*You said: and when is it open/);
});

test('A picture is chosen, uploaded and shown', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  await chat.untilIdle();
  const chooser = page.page.waitForEvent('filechooser');
  await chat.frame.getByRole('button', { name: 'Add a file' }).click();
  const imageChoice = chat.frame.getByText('Picture', { exact: true });
  if (await imageChoice.isVisible()) await imageChoice.click();
  await (await chooser).setFiles({ name: 'harbour.png', mimeType: 'image/png', buffer: readFileSync(PICTURE) });
  await chat.frame.getByText('harbour.png').first().waitFor();
  const shown = chat.frame.locator('img[src^="blob:"], img[src*="/files/"]').last();
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test('Older messages are loaded when a visitor scrolls up', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  for (let count = 1; count <= 13; count += 1) await chat.ask(`message number ${count}.`);
  await page.load();
  await chat.answerTo('message number 13.').waitFor();
  expect(await chat.text()).not.toContain('message number 2.');

  // The SDK loads no older page within 1.5 s of the previous one.
  await page.page.waitForTimeout(1_600);
  await chat.frame.getByText('You said: message number 13.').hover();
  await expect
    .poll(
      async () => {
        await page.page.mouse.wheel(0, -4_000);
        return chat.text();
      },
      { timeout: 15_000, interval: 400 },
    )
    .toContain('You said: message number 1.');
});

test('The button Copy copies a code block', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  await page.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.host.origin });
  await chat.send('code');
  await chat.frame.getByText('Copy', { exact: true }).waitFor();
  await chat.untilIdle();
  await chat.frame.getByText('Copy', { exact: true }).click();
  await chat.frame.getByText('Copied').waitFor();
  const copied = await page.page.evaluate(() => navigator.clipboard.readText());
  expect(copied.length).toBeGreaterThan(10);
  expect((await chat.text()).replace(/\s+/g, '')).toContain(copied.replace(/\s+/g, ''));
});

test('The context is cleared, and the next message begins a new topic', async () => {
  const page = await world.open({ signedIn: alice });
  const chat = page.chat();
  await chat.ask('before the break');
  await chat.frame.getByRole('button', { name: 'New topic' }).click();
  await chat.frame.getByText('A new topic starts here').waitFor();
  await chat.ask('after the break');
  expect(world.coze.requests.some((request) => /\/v1\/conversations\/\d+\/clear$/.test(request.path) && request.status === 200)).toBe(true);
});

test('An element that is moved in the page keeps its conversation', async () => {
  const page = await world.open({ signedIn: alice, body: '<main></main>' });
  const chat = page.chat();
  await chat.ask('before the move');
  await chat.element.evaluate((element) => document.querySelector('main')?.append(element));
  await chat.answerTo('before the move').waitFor();
  await chat.ask('after the move');
});

test('Properties that are set before the element is defined are used', async () => {
  const page = await world.open({
    signedIn: alice,
    // Like a framework that renders before the element's script has been loaded.
    head: `<script>
      addEventListener('DOMContentLoaded', () => {
        const early = document.createElement('coze-chat');
        early.id = 'early';
        Object.assign(early, { mode: 'inline', tokenEndpoint: '/visitors/left/api/coze/token', botId: '${world.coze.botId}', apiBaseUrl: '${world.coze.origin}' });
        document.body.append(early);
      });
      customElements.define = new Proxy(customElements.define, {
        apply: (define, registry, args) => {
          const late = () => setTimeout(() => Reflect.apply(define, registry, args));
          // The element's script comes after define.js, for which the page's load does not wait.
          if (document.readyState === 'complete') late();
          else addEventListener('load', late);
        },
      });
    </script>`,
  });
  await page.chat('early').ask('set early');
});

test('Messages are reported as events with role, text and id', async () => {
  const page = await world.open({ signedIn: alice });
  const messages = await page.chat().element.evaluateHandle((element: HTMLElement) => {
    const seen: unknown[] = [];
    element.addEventListener('coze-message', (event) => {
      const { role, text, id } = event;
      seen.push({ role, text, hasId: id !== '' });
    });
    return seen;
  });
  await page.chat().ask('do you hear me');
  await expect
    .poll(() => messages.jsonValue())
    .toEqual([
      { role: 'user', text: 'do you hear me', hasId: true },
      { role: 'assistant', text: 'You said: do you hear me', hasId: true },
    ]);
});
