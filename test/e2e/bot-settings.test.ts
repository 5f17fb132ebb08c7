/** Settings of the bot's author at Coze: background, voice, shortcuts. */
import { beforeEach, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));
beforeEach(() => world.coze.forgetConversations());

const openSecondBot = async (expectedErrors: readonly RegExp[] = []) =>
  (await world.open({ signedIn: { left: 'alice' }, attributes: { 'bot-id': world.coze.secondBotId }, expectedErrors })).chat();

test('A bot has its background, its voice and its shortcuts', async () => {
  const chat = await openSecondBot();
  await chat.ask('hello there');
  await chat.frame.getByRole('toolbar').last().getByRole('button', { name: 'Read aloud' }).waitFor();
  expect(await chat.frame.locator('img[src$="/assets/hills.svg"]').count()).toBeGreaterThan(0);

  await chat.frame.getByRole('button', { name: 'Opening hours' }).click();
  await chat.answerTo('When are you open?').waitFor();
  await chat.untilIdle();
  await chat.frame.getByRole('button', { name: 'Weather <b>…' }).click();
  const form = chat.frame.getByRole('dialog', { name: 'Weather <b>…' });
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByRole('alert').waitFor();
  await form.getByRole('textbox', { name: 'city' }).fill('Rome');
  await form.getByRole('combobox', { name: 'when' }).selectOption('tomorrow');
  await chat.element.page().keyboard.press('Enter');
  await chat.answerTo('How is the weather in Rome tomorrow?').waitFor();
  const sent =
    world.coze.requests
      .findLast(({ path }) => path === '/v3/chat')
      ?.requestText.split('\n')
      .at(-1) ?? '';
  expect(JSON.parse(sent)).toEqual({
    command_id: '7452',
    parameters: {
      city: '[{"type":"text","text":"Rome"}]',
      when: '[{"type":"text","text":"tomorrow"}]',
      unit: '[{"type":"text","text":"celsius"}]',
    },
  });
  await chat.untilIdle();
  await chat.element.evaluate((element: CozeChatElement) => Object.assign(element, { chatOptions: { shortcuts: false } }));
  await chat.frame.getByRole('button', { name: 'Opening hours' }).waitFor({ state: 'detached' });
});

test('A form that is sent without an entry moves the focus to the first empty field, and says why', async () => {
  const chat = await openSecondBot();
  const { keyboard } = chat.element.page();
  await chat.frame.getByRole('button', { name: 'Weather <b>…' }).press('Enter');
  const form = chat.frame.getByRole('dialog', { name: 'Weather <b>…' });
  await form.getByRole('combobox', { name: 'when' }).selectOption('');
  await form.getByRole('textbox', { name: 'city' }).fill('Rome');
  await form.getByRole('button', { name: 'Send' }).press('Enter');
  const empty = form.getByRole('combobox', { name: 'when', description: 'Please fill this in.' });
  await empty.waitFor();
  expect(await empty.getAttribute('aria-invalid')).toBe('true');
  expect(await form.getByRole('textbox').getAttribute('aria-invalid')).toBe(null);
  await keyboard.press('ArrowDown');
  await form.getByRole('alert').waitFor({ state: 'detached' });
  await form.getByRole('button', { name: 'Send' }).press('Enter');
  await chat.answerTo('How is the weather in Rome today?').waitFor();
});

test('In a right-to-left chat an English name of a shortcut is read from left to right, above its form, too', async () => {
  const chat = (await world.open({ signedIn: { left: 'alice' }, attributes: { 'bot-id': world.coze.secondBotId, lang: 'ar' } })).chat();
  await chat.frame.getByRole('button', { name: 'Weather <b>…' }).click();
  const title = chat.frame.getByRole('heading', { name: 'Weather <b>…' });
  expect(await title.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
});

test('A shortcut that was chosen offline is sent by Retry, with its command', async () => {
  const chat = await openSecondBot([/ERR_INTERNET_DISCONNECTED/]);
  await chat.untilIdle();
  await chat.element.page().context().setOffline(true);
  await chat.frame.getByRole('button', { name: 'Weather <b>…' }).click();
  const form = chat.frame.getByRole('dialog', { name: 'Weather <b>…' });
  await form.getByRole('textbox', { name: 'city' }).fill('Oslo');
  await form.getByRole('combobox', { name: 'when' }).selectOption('tomorrow');
  await chat.element.page().keyboard.press('Enter');
  const retry = chat.frame.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  await chat.element.page().context().setOffline(false);
  await retry.click();
  await chat.answerTo('How is the weather in Oslo tomorrow?').waitFor();
  expect(world.coze.requests.findLast(({ path }) => path === '/v3/chat')?.requestText).toContain('"command_id":"7452"');
});

test('A file that was removed from a shortcut is not sent', async () => {
  const chat = await openSecondBot();
  const page = chat.element.page();
  await page.route(`**/v1/bots/${world.coze.secondBotId}`, async (route) => {
    const answer = (await (await route.fetch()).json()) as { data: object };
    const components = [{ name: 'photo', type: 'file' }];
    const shortcut = { id: '1', name: 'Identify', query_template: 'What is {{photo}}?', components };
    await route.fulfill({ json: { ...answer, data: { ...answer.data, shortcut_commands: [shortcut] } } });
  });
  await page.reload();
  await chat.frame.getByRole('button', { name: 'Identify' }).click();
  const form = chat.frame.getByRole('dialog', { name: 'Identify' });
  const field = form.locator('input[type=file]');
  await field.setInputFiles({ name: 'secret.png', mimeType: 'image/png', buffer: Buffer.from('secret') });
  await field.setInputFiles([]);
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByRole('alert').waitFor();
  expect(world.coze.requests.map(({ path }) => path)).not.toContain('/v1/files/upload');
});

test('The input of a shortcut that could not be sent is kept, and so is a quote', async () => {
  const chat = await openSecondBot();
  await chat.ask('something to quote');
  await chat.frame.getByRole('toolbar').last().getByRole('button', { name: 'Quote' }).click();
  await chat.element.evaluate((element) => element.addEventListener('coze-before-send', (event) => event.preventDefault(), { once: true }));
  await chat.frame.getByRole('button', { name: 'Weather <b>…' }).click();
  const form = chat.frame.getByRole('dialog', { name: 'Weather <b>…' });
  await form.getByRole('textbox', { name: 'city' }).fill('Bergen');
  await form.getByRole('combobox', { name: 'when' }).selectOption('tomorrow');
  await chat.element.page().keyboard.press('Enter');
  await form.getByRole('alert').getByText('Something went wrong. Please try again.').waitFor();
  expect(await chat.frame.locator('.quote--pending').count()).toBe(1);
  await form.getByRole('button', { name: 'Send' }).click();
  await chat.answerTo('How is the weather in Bergen tomorrow?').waitFor();
  expect([await form.count(), await chat.frame.locator('.quote--pending').count()]).toEqual([0, 0]);
});

test('A bot without the permission for all its settings has the settings of the older endpoint', async () => {
  world.coze.setFaults({ paths: { [`/v1/bots/${world.coze.secondBotId}`]: { code: 4101, msg: 'no permission' } } });
  const chat = await openSecondBot();
  await chat.frame.getByRole('button', { name: 'Opening hours' }).waitFor({ state: 'detached' });
  await chat.ask('still here');
  expect(await chat.frame.getByRole('heading', { level: 1 }).innerText()).toBe('Magpie');
});

test('The buttons of an answer have a ground of their own in front of the background of a bot', async () => {
  const chat = await openSecondBot();
  await chat.ask('hello from before the hills');
  expect(await chat.frame.locator('.bar--shown').evaluate((bar) => getComputedStyle(bar).backgroundColor)).toBe('rgb(255, 255, 255)');
});

test('Icons in a dark chat stay dark on the background of a bot, where the buttons stay light', async () => {
  const chat = await openSecondBot();
  await chat.element.page().emulateMedia({ colorScheme: 'dark' });
  await chat.element.evaluate((element: CozeChatElement) => (element.theme = 'dark'));
  await chat.frame.locator('[data-scheme=dark] .bg-theme').waitFor();
  const icon = chat.frame.locator('img[src*="/plus-"]').first();
  expect(await icon.evaluate((element) => getComputedStyle(element).filter)).toBe('none');
});

test('Notices on the background of a bot have the readable colour of the footer', async () => {
  const chat = await openSecondBot();
  await chat.untilIdle();
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('never mind this');
  await chat.answerTo('never mind').waitFor();
  await chat.input.press('Escape');
  await chat.frame.locator('.answer-notice').waitFor();
  const colorOf = (selector: string) => chat.frame.locator(selector).evaluate((element) => getComputedStyle(element).color);
  expect(await colorOf('.composer__notice')).toBe(await colorOf('.footer'));
  expect(await colorOf('.answer-notice')).toBe(await colorOf('.footer'));
});

test('No text and no control is behind the background of a bot', async () => {
  const chat = await openSecondBot();
  await chat.ask('hello from before the hills');
  const behind = await chat.frame.locator('body').evaluate((body) => {
    const isOnTop = (element: Element): boolean => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      return found !== null && (element.contains(found) || found.contains(element));
    };
    const hasWords = (element: Element): boolean =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
    return [...body.querySelectorAll('*')]
      .filter((element) => element.matches('button, textarea') || hasWords(element))
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((element) => element.closest('.visually-hidden, [aria-live]:not([role=log])') === null && !isOnTop(element))
      .map((element) => `${element.className} ${element.textContent}`);
  });
  expect(behind).toEqual([]);
});

test.each([
  { locale: 'en', readAloud: 'Read aloud', voiceId: 'english-voice' },
  { locale: 'zh-CN', readAloud: '朗读', voiceId: 'chinese-voice' },
])('A chat in $locale reads an answer aloud in the bot’s voice for that language', async ({ locale, readAloud, voiceId }) => {
  const context = await world.newContext();
  await context.route(`**/v1/bots/${world.coze.botId}`, async (route) => {
    const answer = (await (await route.fetch()).json()) as { data: object };
    const voices = ['en', 'zh-CN'].map((language) => ({
      voice_id: language === 'en' ? 'english-voice' : 'chinese-voice',
      language_code: language,
    }));
    await route.fulfill({ json: { ...answer, data: { ...answer.data, voice_info_list: voices } } });
  });
  const page = await world.open({ signedIn: { left: 'alice' }, context, attributes: { locale } });
  const chat = page.chat();
  await chat.ask(`a voice for ${locale}`);
  const [speech] = await Promise.all([
    page.page.waitForRequest('**/v1/audio/speech'),
    chat.frame.getByRole('toolbar').last().getByRole('button', { name: readAloud }).click(),
  ]);
  expect(speech.postDataJSON()).toMatchObject({ voice_id: voiceId });
});
