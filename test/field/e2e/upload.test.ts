/** B22: the browser tells the page why an upload failed. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

test('An upload that fails is reported to the page with the status of the response', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, expectedErrors: [/Failed to load resource/] });
  const chat = page.chat();
  await chat.untilIdle();
  const failed = chat.element.evaluate(
    (element: CozeChatElement) =>
      new Promise<string>((resolve) => element.addEventListener('coze-error', ({ code, message }) => resolve(`${code}: ${message}`))),
  );
  world.coze.setFaults({ paths: { '/v1/files/upload': 'http-500' } });
  await chat.frame
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  expect(await failed).toMatch(/^chat_failed: A file could not be uploaded \(status 500\): look at its size/);
});
