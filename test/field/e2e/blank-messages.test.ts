/** B8: text without a visible character is no message, whoever sends it and however. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';
import { INVISIBLE } from '../../support/invisible.js';

let world: World;
setUpWorld((created) => (world = created));

/** A property test in test/security/unit/identifier.test.ts checks every single one of these. */
const BLANK: readonly string[] = ['   ', '\n\n', '\u3000', '\u200b', INVISIBLE.join('')];
const asked = (): number => world.coze.requests.filter(({ path }) => path === '/v3/chat').length;

test('A blank text is sent neither by Enter nor by the button nor by the page', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  const send = chat.frame.getByRole('button', { name: 'Send' });
  for (const text of BLANK) {
    await chat.input.fill(text);
    await chat.input.press('Enter');
    expect(await send.isDisabled(), JSON.stringify(text)).toBe(true);
    const refused = chat.element.evaluate(
      (element: CozeChatElement, said) => element.sendMessage(said).then(String, ({ code }: { code: string }) => code),
      text,
    );
    expect(await refused).toBe('not_sent');
  }
  expect(asked()).toBe(0);
  await chat.send('shown');
  await chat.answerTo('shown').waitFor();
  expect(asked()).toBe(1);
});
