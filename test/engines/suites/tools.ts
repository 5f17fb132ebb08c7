/** A tool of the page: a dialog over the chat, an abort signal of another realm, and an answer that a second stream continues. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { patience } from '../support/engine-chat.js';
import type { Suite } from '../support/suite.js';

export const tools: Suite = (world) => {
  test('A tool asks the visitor by keyboard, runs once, and the answer continues with the context; a sign-out aborts it', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const chat = visit.chat();
    const { page } = visit;
    await page.run(() => {
      const chat = document.querySelector('coze-chat') as CozeChatElement;
      const calls: unknown[] = [];
      Object.assign(chat, { calls });
      chat.context = () => ({ product: 'Decaf' });
      chat.tools = {
        add_to_cart: {
          parameters: { type: 'object', required: ['product'], properties: { product: { type: 'string' } } },
          confirm: ({ product }: { product: string }) => `Put ${product} into the cart?`,
          run: (args: object, { signal }) => {
            calls.push({ ...args, isSignal: signal instanceof AbortSignal });
            return 'It is in the cart.';
          },
        },
        slow: {
          effect: 'read',
          parameters: { type: 'object' },
          run: (_args: object, { signal }) =>
            new Promise((_resolve, reject) =>
              signal.addEventListener('abort', () => {
                calls.push('aborted');
                reject(new Error('aborted'));
              }),
            ),
        },
      };
    });
    const calls = (): Promise<unknown> => page.run(() => (document.querySelector('coze-chat') as unknown as { calls: unknown[] }).calls);
    const question = (): Promise<string> =>
      page.run(
        () =>
          document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument?.querySelector('dialog[open] h2')
            ?.textContent ?? '',
      );

    await chat.send('Put decaf into my cart');
    await expect.poll(question, patience).toBe('Put decaf into the cart?');
    expect(await calls()).toEqual([]);
    await page.press('Enter');
    expect(await question()).not.toBe('');
    await page.press('Tab');
    await page.press('Tab');
    await page.press('Enter');
    await chat.untilText('Done. It is in the cart.');
    expect(await calls()).toEqual([{ product: 'decaf', quantity: 1, isSignal: true }]);

    await chat.send('What am I looking at?');
    await chat.untilText('You are looking at Decaf.');

    await chat.send('call:{"rounds":[[{"name":"slow","arguments":"{}"}]]}');
    await chat.untilText('Using slow…');
    await page.run(() => void (document.querySelector('coze-chat') as CozeChatElement).signOut());
    await expect.poll(calls, patience).toContain('aborted');
    expect(world().coze.requests.filter(({ path }) => path.endsWith('/submit_tool_outputs'))).toHaveLength(1);
  });
};
