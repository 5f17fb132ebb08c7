/** The context that the page passes on about where its visitor is: read for each message, bounded, and never delaying one. */
import type { Request } from 'playwright';
import { describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const signedIn = { left: 'alice' } as const;

interface Sent {
  readonly custom_variables?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly additional_messages: readonly { readonly content: string }[];
}

/** Bodies of the questions as the browser sent them. */
function watchSent({ page }: ChatPage): readonly Sent[] {
  const sent: Sent[] = [];
  page.on('request', (request: Request) => {
    if (/\/v3\/chat\?|workflows\/chat/.test(request.url()) && request.method() === 'POST') sent.push(request.postDataJSON() as Sent);
  });
  return sent;
}

async function openPlace(options: Partial<Parameters<World['open']>[0]> = {}): Promise<[PaneChat, readonly Sent[], ChatPage]> {
  const page = await world.open({ signedIn, ...options });
  const chat = page.chat();
  await chat.untilIdle();
  return [chat, watchSent(page), page];
}

const place = (chat: PaneChat, text: string) => chat.frame.locator('.message--bot p').filter({ hasText: text }).last();

describe('Context of a message', () => {
  test('The context is read for each message, and the bot knows it in that chat', async () => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element: CozeChatElement) => {
      const state = { product: 'Decaf' };
      Object.assign(element, { state });
      element.context = () => ({ page: '/coffee', product: state.product });
      element.chatOptions = { customVariables: { tier: 'gold', page: 'set before' } };
    });
    await chat.send('What am I looking at?');
    await place(chat, 'You are looking at Decaf.').waitFor();
    await chat.element.evaluate((element) => ((element as unknown as { readonly state: { product: string } }).state.product = 'Espresso'));
    await chat.send('What am I looking at?');
    await place(chat, 'You are looking at Espresso.').waitFor();
    expect(sent.map(({ custom_variables: variables }) => variables)).toEqual([
      { tier: 'gold', page: '/coffee', product: 'Decaf' },
      { tier: 'gold', page: '/coffee', product: 'Espresso' },
    ]);
    expect(await chat.frame.getByRole('log').getByText('/coffee').count()).toBe(0);
  });

  test('The context may be a promise', async () => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element: CozeChatElement) => (element.context = () => Promise.resolve({ page: '/tea' })));
    await chat.ask('with a promise');
    expect(sent[0]?.custom_variables).toEqual({ page: '/tea' });
  });

  test('The context is sent to an app as parameters of its workflow', async () => {
    const attributes = { 'app-id': world.coze.appId, 'workflow-id': world.coze.workflowId, 'bot-id': '' };
    const [chat, sent] = await openPlace({ attributes });
    await chat.element.evaluate((element: CozeChatElement) => {
      element.context = () => ({ product: 'Decaf', USER_INPUT: 'something else' });
      element.chatOptions = { parameters: { plan: 'premium' } };
    });
    await chat.send('What am I looking at?');
    await place(chat, 'You are looking at Decaf.').waitFor();
    expect(sent[0]?.parameters).toEqual({ plan: 'premium', product: 'Decaf' });
  });

  test.each<[string, string]>([
    ['that throws', 'throw new Error("lost")'],
    ['that is rejected', 'return Promise.reject(new Error("lost"))'],
    ['that never settles', 'return new Promise(() => {})'],
    ['that is undefined', 'return undefined'],
    ['that is no object', 'return "here"'],
    [
      'with invalid names and invalid values',
      'return { "page-title": "x", ключ: "x", page1: "x", count: 1, place: { a: 1 }, then: undefined }',
    ],
    ['whose members throw an error when they are read', 'return { get page() { throw new Error("lost"); } }'],
  ])('A context %s is left out, and the message is sent', async (kind, body) => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element: CozeChatElement, code) => {
      element.context = new Function(code) as NonNullable<CozeChatElement['context']>;
    }, body);
    await chat.ask(`without a context ${kind}`);
    expect(sent.map(({ custom_variables: variables }) => variables)).toEqual([undefined]);
  });

  test('The context is bounded in number and length', async () => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element: CozeChatElement) => {
      const letters = [...'abcdefghijklmnopqrstuvwxyz'];
      element.context = () => Object.fromEntries(letters.map((letter) => [letter, 'long '.repeat(1_000)]));
    });
    await chat.ask('a lot of context');
    const variables = Object.values(sent[0]?.custom_variables ?? {});
    expect([variables.length, ...new Set(variables.map(({ length }) => length))]).toEqual([20, 2_000]);
  });

  test('The console shows only the names of the context, if the page has debug', async () => {
    const page = await world.open({ signedIn, attributes: { debug: '' } });
    const chat = page.chat();
    await chat.untilIdle();
    await chat.element.evaluate((element: CozeChatElement) => (element.context = () => ({ page: '/secret', product: 'secret' })));
    await chat.ask('to the console');
    expect(page.printed).toContain('debug: [coze-chat] context sent: page, product');
    expect(page.printed.join('\n')).not.toContain('secret');
  });
});

describe('Event coze-before-send', () => {
  test('The event can change the text and the context of a message', async () => {
    const [chat, sent] = await openPlace();
    const received = await chat.element.evaluate((element: CozeChatElement) => {
      const received: unknown[] = [];
      element.context = () => ({ page: '/coffee', product: 'Decaf' });
      element.addEventListener('coze-before-send', (event) => {
        received.push(event.text, event.context);
        event.text = event.text.replace('4111 1111', '••••');
        event.context = { page: event.context['page'], 'no name': 'x' };
      });
      return element.sendMessage('My card is 4111 1111').then(({ text }) => [...received, text]);
    });
    expect(received).toEqual(['My card is 4111 1111', { page: '/coffee', product: 'Decaf' }, 'You said: My card is ••••']);
    expect(sent[0]?.additional_messages.at(-1)?.content).toBe('My card is ••••');
    expect(sent[0]?.custom_variables).toEqual({ page: '/coffee' });
    await chat.frame.getByRole('log').getByText('My card is ••••', { exact: true }).waitFor();
    expect(await chat.frame.getByRole('log').getByText('4111').count()).toBe(0);
  });

  test('The event can add a context if the page has none', async () => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element) =>
      element.addEventListener('coze-before-send', (event) => Object.assign(event, { context: { page: '/late' } })),
    );
    await chat.ask('from the event');
    expect(sent[0]?.custom_variables).toEqual({ page: '/late' });
  });

  test('A listener may remove the context', async () => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element) =>
      element.addEventListener('coze-before-send', (event) => Object.assign(event, { context: null })),
    );
    await chat.ask('from nowhere');
    expect(sent[0]?.custom_variables).toBeUndefined();
  });

  test('The event prevents a message if it removes the whole text', async () => {
    const [chat, sent] = await openPlace();
    await chat.element.evaluate((element) => element.addEventListener('coze-before-send', (event) => Object.assign(event, { text: ' ' })));
    await chat.send('nothing of it');
    expect(
      await chat.element.evaluate((element: CozeChatElement) =>
        element.sendMessage('nor this').catch(({ code }: { code: string }) => code),
      ),
    ).toBe('not_sent');
    expect([sent, await chat.input.inputValue()]).toEqual([[], 'nothing of it']);
  });
});

test('A message of a visitor who changes while the page prepares the context is not sent, and fires no event', async () => {
  const [chat, sent, page] = await openPlace({ attributes: { 'user-id': 'alice' } });
  await chat.element.evaluate((element: CozeChatElement) => {
    const received: string[] = [];
    Object.assign(element, { received });
    element.context = () => new Promise((resolve) => Object.assign(element, { say: () => resolve({ page: '/alice' }) }));
    element.addEventListener('coze-before-send', ({ text }) => received.push(text));
  });
  await chat.send('a secret of alice');
  await page.page.waitForFunction(() => 'say' in (document.querySelector('coze-chat') ?? {}));
  await page.signIn('left', 'bob');
  await chat.element.evaluate((element: CozeChatElement) => {
    element.userId = 'bob';
    (element as unknown as { say: () => void }).say();
  });
  await chat.untilIdle();
  expect(await chat.element.evaluate((element) => (element as unknown as { received: string[] }).received)).toEqual([]);
  expect(sent).toEqual([]);
});
