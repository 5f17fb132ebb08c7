/** The visitor's text and files before they are sent. */
import axe from 'axe-core';
import type { Locator } from 'playwright';
import { describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const signedIn = { left: 'alice' } as const;
const expectedErrors = [/Failed to load resource/, /net::ERR/];

const textFile = (name: string, content = name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
const item = (chat: PaneChat, name: string): Locator => chat.frame.locator('.attachment', { hasText: name });
const uploaded = (chat: PaneChat): Locator => chat.frame.locator('.attachment--uploaded');
const notice = (chat: PaneChat): Locator => chat.frame.locator('.composer__notice:not(:empty)');
const choose = (chat: PaneChat, ...files: readonly ReturnType<typeof textFile>[]): Promise<void> =>
  chat.frame.locator('input[type=file]').setInputFiles([...files]);
/** Uploads the first file. */
async function upload(chat: PaneChat, name: string): Promise<void> {
  await choose(chat, textFile(name));
  await expect.poll(() => uploaded(chat).count()).toBe(1);
}

/** A change of the user name recreates the frame. */
async function rebuild(chat: PaneChat): Promise<void> {
  await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
  await chat.element.evaluate((element: CozeChatElement) => void (element.userName = `${element.userName ?? ''}A`));
  await chat.frame.locator('textarea:not([data-former])').waitFor();
}
/** The questions as they were sent to the API. */
const asked = (): string[] => world.coze.requests.filter(({ path }) => path === '/v3/chat').map(({ requestText }) => requestText);

async function open(options: Partial<Parameters<World['open']>[0]> = {}): Promise<[PaneChat, ChatPage]> {
  const page = await world.open({ signedIn, expectedErrors, ...options });
  await page.chat().untilIdle();
  world.coze.clearRequests();
  return [page.chat(), page];
}

/** Files may claim another size than their content has. */
async function drop(
  chat: PaneChat,
  files: readonly { readonly name: string; readonly type?: string; readonly size: number }[],
): Promise<void> {
  await chat.input.evaluate((field, files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, type = 'text/plain', size } of files) {
      const file = new File([new Uint8Array(Math.min(size, 8))], name, { type });
      dataTransfer.items.add(file);
    }
    const sized = [...dataTransfer.files].map((file, index) => Object.defineProperty(file, 'size', { value: files[index]?.size }));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    const items = sized.map(() => ({ kind: 'file', webkitGetAsEntry: () => null }));
    Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items, files: sized } });
    field.dispatchEvent(event);
  }, files);
}

describe('Files of the next message', () => {
  test('Text and files are sent in one message, which is one message in the history, too', async () => {
    const [chat, page] = await open();
    await chat.input.fill('what is in these');
    await choose(chat, textFile('a.txt'), textFile('b.txt', 'two'));
    await expect.poll(() => uploaded(chat).count()).toBe(2);
    expect(asked()).toEqual([]);
    await chat.input.press('Enter');
    await chat.frame.getByText('I received a.txt').first().waitFor();
    await chat.untilIdle();
    expect(asked()).toHaveLength(1);
    expect(JSON.parse(asked()[0] ?? '')).toEqual([
      { type: 'text', text: 'what is in these' },
      { type: 'file', file_id: expect.stringMatching(/^\d+$/) },
      { type: 'file', file_id: expect.stringMatching(/^\d+$/) },
    ]);
    expect([await chat.input.inputValue(), await chat.frame.locator('.attachment').count()]).toEqual(['', 0]);
    await page.load();
    await expect.poll(() => chat.text()).toMatch(/what is in these[^]*a\.txt[^]*b\.txt[^]*You said: what is in these/);
  });

  test('When one of six uploads fails, the other files and the text are kept, and the failed upload can be retried', async () => {
    const [chat] = await open();
    await chat.input.fill('look at these');
    world.coze.setFaults({ nextOfPath: { '/v1/files/upload': 'http-500' } });
    await choose(chat, ...['1', '2', '3', '4', '5', '6'].map((name) => textFile(`${name}.txt`)));
    await expect.poll(() => uploaded(chat).count()).toBe(5);
    const retry = chat.frame.getByRole('button', { name: 'Try again' });
    await expect.poll(() => retry.count()).toBe(1);
    await chat.input.press('Enter');
    expect(await notice(chat).innerText()).toBe('The file could not be uploaded');
    expect([asked(), await chat.input.inputValue()]).toEqual([[], 'look at these']);
    await retry.click();
    await expect.poll(() => uploaded(chat).count()).toBe(6);
    await chat.input.press('Enter');
    await chat.answerTo('look at these').waitFor();
    expect(JSON.parse(asked()[0] ?? '')).toHaveLength(7);
  });

  test('A file that Coze would not accept is rejected before the upload: empty, of 600 MB, of an unknown kind, a seventh', async () => {
    const [chat] = await open();
    await drop(chat, [{ name: 'nothing.txt', size: 0 }]);
    await expect.poll(() => notice(chat).innerText()).toBe('nothing.txt (0 B): This file cannot be used.');
    await drop(chat, [{ name: 'film.mp4', type: 'video/mp4', size: 600 * 1024 * 1024 }]);
    await expect.poll(() => notice(chat).innerText()).toBe('film.mp4 (600 MB > 512 MB): This file is too large.');
    await drop(chat, [{ name: 'setup.exe', type: 'application/x-msdownload', size: 8 }]);
    await expect.poll(() => notice(chat).innerText()).toBe('setup.exe: This file cannot be used.');
    await drop(
      chat,
      Array.from({ length: 7 }, (_, index) => ({ name: `${index + 1}.txt`, size: 8 })),
    );
    await expect.poll(() => notice(chat).innerText()).toBe('7.txt: 6 files at most.');
    expect(await chat.frame.locator('.attachment').count()).toBe(6);
    await expect.poll(() => world.coze.requests.filter(({ path }) => path === '/v1/files/upload').length).toBe(6);
  });

  test('A file that the bot’s permissions do not allow is marked as not possible here, and the text can be sent without it', async () => {
    const [chat] = await open();
    world.coze.setFaults({ paths: { '/v1/files/upload': { code: 4101, msg: 'no permission' } } });
    await chat.input.fill('what is in it');
    await choose(chat, textFile('a.txt'));
    const file = chat.frame.locator('.attachment');
    await file.getByText('This is not possible here.').waitFor();
    await file.getByRole('button', { name: /Remove/ }).click();
    await chat.input.press('Enter');
    await chat.answerTo('what is in it').waitFor();
  });

  test('A dropped folder is rejected as a folder, and a file beside it is added', async () => {
    const [chat] = await open();
    await chat.input.evaluate((field) => {
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      const files = [new File([], 'a folder'), new File(['a'], 'a.txt', { type: 'text/plain' })];
      const items = files.map((_, index) => ({ kind: 'file', webkitGetAsEntry: () => ({ isDirectory: index === 0 }) }));
      Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items, files } });
      field.dispatchEvent(event);
    });
    await expect.poll(() => notice(chat).innerText()).toBe('Folders cannot be added.');
    await expect.poll(() => uploaded(chat).count()).toBe(1);
  });

  test.each([
    ['a picture alone', {}, 1],
    ['rich text with a picture in it', { 'text/plain': 'some words', 'text/html': '<p>some words <img src="a.png"></p>' }, 1],
    ['cells of a spreadsheet, with their picture', { 'text/plain': '1\t2', 'text/html': '<table><td>1<td>2</table>' }, 0],
  ])('A pasted picture is added unless it only depicts pasted cells: %s', async (_, pasted, count) => {
    const [chat] = await open();
    const isTextLeft = await chat.input.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(pasted)) clipboardData.setData(type, text);
      clipboardData.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
      return field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
    }, pasted);
    expect(isTextLeft).toBe('text/plain' in pasted);
    await expect.poll(() => uploaded(chat).count()).toBe(count);
  });

  test('A file that is removed during its upload is not sent', async () => {
    const [chat] = await open();
    world.coze.setFaults({ allDelayMs: 5_000 });
    await choose(chat, textFile('a.txt'));
    await chat.input.fill('with a file');
    await chat.input.press('Enter');
    expect(await notice(chat).innerText()).toBe('Loading…');
    await chat.frame.getByRole('button', { name: 'Remove: a.txt' }).click();
    expect(await chat.frame.locator('textarea:focus').count()).toBe(1);
    world.coze.resetFaults();
    await chat.input.press('Enter');
    await chat.answerTo('with a file').waitFor();
    expect(asked()).toEqual(['with a file']);
  });

  test('A message waits for a file that was chosen before the code for files is loaded', async () => {
    const [chat, page] = await open();
    const release = await page.hold(/attachments[^/]*\.js/);
    await choose(chat, textFile('a.txt'));
    await chat.input.fill('with a file');
    await chat.input.press('Enter');
    expect(await notice(chat).innerText()).toBe('Loading…');
    release();
    await expect.poll(() => uploaded(chat).count()).toBe(1);
    expect(await notice(chat).count()).toBe(0);
    await chat.input.press('Enter');
    await chat.untilSent();
    await chat.untilIdle();
    expect(asked()).toEqual([expect.stringContaining('file_id')]);
  });

  test('When the code for files cannot be loaded, the visitor is informed, and text can be sent without files', async () => {
    const [chat, { page }] = await open();
    await page.route(/attachments[^/]*\.js/, (route) => route.abort());
    await choose(chat, textFile('a.txt'));
    await expect.poll(() => notice(chat).innerText()).toBe('The file could not be uploaded');
    await chat.ask('without a file');
    expect(await notice(chat).count()).toBe(0);
    await page.unroute(/attachments[^/]*\.js/);
    await choose(chat, textFile('b.txt'));
    await expect.poll(() => uploaded(chat).allInnerTexts()).toEqual([expect.stringContaining('b.txt')]);
    expect(asked()).toEqual(['without a file']);
  });

  test('A message with files that Coze rejects is put back into the composer, with its files', async () => {
    const [chat] = await open();
    await upload(chat, 'a.txt');
    await chat.input.fill('look');
    world.coze.setFaults({ chat: 'http-500' });
    await chat.input.press('Enter');
    await expect.poll(asked).toHaveLength(1);
    await expect.poll(() => chat.input.inputValue()).toBe('look');
    expect(await item(chat, 'a.txt').count()).toBe(1);
    world.coze.resetFaults();
    await chat.untilIdle();
    await chat.input.press('Enter');
    await chat.answerTo('look').waitFor();
    expect(await chat.frame.getByRole('log').getByText('look', { exact: true }).count()).toBe(1);
  });

  test('An upload fails offline, and is retried by Retry when the network returns', async () => {
    const [chat, { page }] = await open();
    await upload(chat, 'first.txt');
    await page.context().setOffline(true);
    await choose(chat, textFile('a.txt'));
    await chat.frame.getByRole('button', { name: 'Try again: a.txt' }).waitFor();
    await page.context().setOffline(false);
    await chat.frame.getByRole('button', { name: 'Try again: a.txt' }).click();
    await expect.poll(() => uploaded(chat).count()).toBe(2);
  });

  test('A frame that is built again has the files again, without a second upload, and uploads continue', async () => {
    const [chat] = await open();
    await upload(chat, 'a.txt');
    await chat.input.fill('with two files');
    world.coze.setFaults({ allDelayMs: 1_000_000 });
    await choose(chat, textFile('b.txt'));
    await item(chat, 'b.txt').waitFor();
    world.coze.resetFaults();
    await rebuild(chat);
    await expect.poll(() => uploaded(chat).allInnerTexts()).toEqual([expect.stringContaining('a.txt'), expect.stringContaining('b.txt')]);
    await chat.input.press('Enter');
    await chat.answerTo('with two files').waitFor();
    expect(asked()).toEqual([expect.stringMatching(/(?=.*with two files)(?:.*file_id){2}/)]);
    expect(await chat.frame.locator('.attachment').count()).toBe(0);
  });

  test('A message with files whose frame is removed before Coze has it is put back into the composer', async () => {
    const [chat] = await open();
    await upload(chat, 'a.txt');
    await chat.input.fill('look here');
    world.coze.setFaults({ allDelayMs: 1_000_000 });
    await chat.input.press('Enter');
    await expect.poll(() => chat.frame.locator('.attachment').count()).toBe(0);
    await expect.poll(() => world.coze.requests.some(({ path }) => path === '/v3/chat')).toBe(true);
    world.coze.resetFaults();
    await rebuild(chat);
    await expect.poll(() => uploaded(chat).count()).toBe(1);
    expect(await chat.input.inputValue()).toBe('look here');
    await chat.input.press('Enter');
    await chat.answerTo('look here').waitFor();
    expect(await chat.frame.locator('.attachment').count()).toBe(0);
  });

  test('A message with files that Coze has received stays sent when its frame is removed', async () => {
    const [chat] = await open();
    await upload(chat, 'a.txt');
    world.coze.setFaults({ beforeAnswerMs: 1_000_000 });
    await chat.input.press('Enter');
    await chat.frame.getByRole('button', { name: 'Stop answering' }).waitFor();
    await expect.poll(asked).toEqual([expect.stringContaining('file_id')]);
    await rebuild(chat);
    await chat.untilIdle();
    expect(await chat.frame.locator('.attachment').count()).toBe(0);
    expect(asked()).toHaveLength(1);
  });

  test('Each conversation keeps its files, including those that are being uploaded', async () => {
    const [chat] = await open();
    const go = (id?: string): Promise<string> =>
      chat.element.evaluate(
        async (element: CozeChatElement, id) => (id === undefined ? element.newConversation() : (await element.openConversation(id), id)),
        id,
      );
    await chat.ask('of the first');
    const first = (await chat.element.evaluate((element: CozeChatElement) => element.listConversations())).conversations[0]?.id ?? '';
    await upload(chat, 'a.txt');
    world.coze.setFaults({ allDelayMs: 1_000_000 });
    await choose(chat, textFile('late.txt'));
    await item(chat, 'late.txt').waitFor();
    world.coze.resetFaults();
    await go();
    await expect.poll(() => chat.frame.locator('.attachment').count()).toBe(0);
    await chat.ask('of the second');
    expect(asked().at(-1)).toBe('of the second');
    await go(first);
    await expect
      .poll(() => uploaded(chat).allInnerTexts())
      .toEqual([expect.stringContaining('a.txt'), expect.stringContaining('late.txt')]);
  });

  test('A first file stays in its conversation when another one is opened before the code for files is loaded', async () => {
    const [chat, page] = await open();
    await chat.ask('of the first');
    const first = await chat.element.evaluate((element: CozeChatElement) =>
      element.listConversations().then(({ conversations: [current] }) => current?.id ?? ''),
    );
    const release = await page.hold(/attachments[^/]*\.js/);
    await choose(chat, textFile('a.txt'), { ...textFile('unknown.kind'), mimeType: 'application/x-unknown' });
    await chat.element.evaluate((element: CozeChatElement) => element.newConversation());
    release();
    await upload(chat, 'of the second.txt');
    expect(await chat.frame.locator('.attachment').allInnerTexts()).toEqual([expect.stringContaining('of the second.txt')]);
    await chat.element.evaluate((element: CozeChatElement, id) => element.openConversation(id), first);
    await expect.poll(() => uploaded(chat).allInnerTexts()).toEqual([expect.stringContaining('a.txt')]);
    expect(await chat.frame.locator('.attachment').count()).toBe(1);
    expect(await chat.frame.getByRole('alert').innerText()).toContain('unknown.kind');
  });

  test('Another visitor does not see the former visitor’s files, including those that are being uploaded', async () => {
    const [chat, page] = await open();
    await upload(chat, 'done.txt');
    world.coze.setFaults({ allDelayMs: 1_500 });
    await choose(chat, textFile('secret.txt'));
    await item(chat, 'secret.txt').waitFor();
    await page.signIn('left', 'bob');
    await chat.element.evaluate((element: CozeChatElement) => void (element.userId = 'bob'));
    world.coze.resetFaults();
    await chat.ask('good day');
    expect(await chat.frame.locator('.attachment').count()).toBe(0);
    expect(asked()).toEqual(['good day']);
  });
});

test.each(['light', 'dark'])('Files that are being uploaded, uploaded and failed pass axe beside a running answer (%s)', async (theme) => {
  const [chat, { page }] = await open({ attributes: { theme } });
  await upload(chat, 'a.txt');
  world.coze.setFaults({ nextOfPath: { '/v1/files/upload': 'http-500' } });
  await choose(chat, textFile('b.txt'));
  await chat.frame.getByRole('button', { name: 'Try again' }).waitFor();
  world.coze.setFaults({ allDelayMs: 1_000_000 });
  await choose(chat, textFile('c.txt'), textFile('nothing.txt', ''));
  await chat.element.evaluate((element: CozeChatElement) => void element.sendMessage('never answered').catch(() => {}));
  await chat.frame.getByRole('button', { name: 'Stop answering' }).waitFor();
  await chat.input.press('Enter');
  const [, frame] = page.frames();
  await frame?.evaluate(axe.source);
  const found = await frame?.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  expect(found).toEqual([]);
});

describe('Text field', () => {
  test('Enter during an answer keeps the text and says why, and the notice disappears after the answer', async () => {
    const [chat] = await open();
    world.coze.setFaults({ holdLastWord: true });
    await chat.send('tell me a story');
    await chat.answerTo('tell me a').waitFor();
    await chat.input.fill('and then');
    await chat.input.press('Enter');
    expect(await notice(chat).innerText()).toBe('You can send this once the answer is complete.');
    expect(await chat.input.inputValue()).toBe('and then');
    world.coze.resetFaults();
    await chat.untilIdle();
    await expect.poll(() => notice(chat).count()).toBe(0);
    await chat.input.press('Enter');
    await chat.answerTo('and then').waitFor();
  });

  test('The text field grows to eight lines, then its text scrolls', async () => {
    const [chat] = await open();
    const heightOf = async (lines: number): Promise<number> => {
      await chat.input.fill(Array.from({ length: lines }, (_, index) => `line ${index}`).join('\n'));
      return chat.input.evaluate(({ clientHeight }) => clientHeight);
    };
    const [one, eight, nine] = [await heightOf(1), await heightOf(8), await heightOf(9)];
    expect(eight / 8).toBeCloseTo(20.3, 0);
    expect(one).toBeLessThan(eight / 4);
    expect(nine).toBe(eight);
  });

  test.each([220, 320])(
    'At a width of %i pixels the text field is wide enough to read, and every button is inside the chat',
    async (width) => {
      const [chat] = await open({ attributes: { style: `--coze-chat-width:${width}px` } });
      await choose(chat, textFile('a file with quite a long name.txt'));
      await expect.poll(() => uploaded(chat).count()).toBe(1);
      expect(await chat.input.evaluate(({ clientWidth }) => clientWidth)).toBeGreaterThan(100);
      const outside = await chat.frame.locator('button, [role=button], .attachment').evaluateAll((elements) =>
        elements
          .filter((element) => {
            const { left, right, width } = element.getBoundingClientRect();
            return width > 0 && (left < 0 || right > document.documentElement.clientWidth);
          })
          .map(({ outerHTML }) => outerHTML.slice(0, 400)),
      );
      expect(outside).toEqual([]);
    },
  );

  test.each([
    ['within a composition', 'にほん', { isComposing: true }],
    ['right after one, as in Safari', 'にっぽん', { keyCode: 229 }],
  ])('The Enter of an input method sends nothing: %s', async (_, text, init) => {
    const [chat] = await open();
    await chat.input.fill(text);
    const isLeftToBrowser = await chat.input.evaluate(
      (field, init) =>
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...init })),
      init,
    );
    expect(isLeftToBrowser).toBe(true);
    await chat.input.press('Enter');
    await chat.answerTo(text).waitFor();
    expect(asked()).toEqual([text]);
  });
});
