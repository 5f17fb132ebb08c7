import { describe, expect, it } from 'vitest';
import { ErrorCode, type Problem } from '../../../src/core/errors.js';
import { fail, succeed } from '../../../src/core/result.js';
import type { ChatApi, SendOutcome } from '../../../src/frame/contract.js';
import type { ConversationCommand } from '../../../src/frame/conversation-commands.js';
import { ChatCommands } from '../../../src/session/chat-commands.js';
import { noControls } from '../../support/chat-controls.js';
import { flushMicrotasks } from '../../support/virtual-time.js';

const gone = { name: 'CozeChatError', code: 'interrupted', message: 'The chat it was meant for is gone.', retryable: true };

/** The commands of a page to a chat that answers when the test says so; `asked` has what reached the chat. */
function arrange(chat: Partial<ChatApi> = {}) {
  const asked: unknown[][] = [];
  let answer: (outcome: SendOutcome) => void = () => undefined;
  const api: ChatApi = {
    ...noControls,
    send: () => new Promise((resolve) => (answer = resolve)),
    compose: (text) => void asked.push(['compose', text]),
    conversations: (async (...command: unknown[]) => {
      asked.push(command);
      return Promise.resolve(succeed('done'));
    }) as ChatApi['conversations'],
    ...chat,
  };
  const commands = new ChatCommands(() => undefined);
  return { commands, api, asked, answer: (outcome: SendOutcome) => answer(outcome) };
}

function arrangeAttached(chat?: Partial<ChatApi>) {
  const arranged = arrange(chat);
  arranged.commands.attach(arranged.api);
  return arranged;
}

describe('A message', () => {
  it('A message is rejected as interrupted when the visitor stops its answer', async () => {
    const { commands, answer } = arrangeAttached();
    const sent = commands.send('hello');
    answer('stopped');
    await expect(sent).rejects.toMatchObject({ ...gone, message: 'The answer was stopped.' });
  });

  it('A message is rejected as interrupted when its frame goes, before there is another frame', async () => {
    const { commands } = arrangeAttached();
    const sent = commands.send('hello');
    commands.detach();
    await expect(sent).rejects.toMatchObject(gone);
  });
});

describe('A text for the field', () => {
  it.each([undefined, null, 7, {}, Symbol('text')])(
    'A value that is no text, such as %o, is not passed to the text field',
    async (nothing) => {
      const { commands, asked } = arrangeAttached();
      await commands.compose(nothing as string);
      expect(asked).toEqual([]);
    },
  );

  it('A text for the field reaches the chat once the chat is ready, even while an answer is running', async () => {
    const { commands, api, asked } = arrange();
    const composed = commands.compose('early');
    expect(asked).toEqual([]);
    commands.attach(api);
    await composed;
    void commands.send('hello');
    await commands.compose('late');
    expect(asked).toEqual([
      ['compose', 'early'],
      ['compose', 'late'],
    ]);
  });

  it.each(['', ' \n'])('A blank text (%j) for the field waits for no chat, and never reaches one', async (text) => {
    const { commands, api, asked } = arrange();
    await commands.compose(text);
    commands.attach(api);
    await flushMicrotasks();
    expect(asked).toEqual([]);
  });
});

describe('An answer', () => {
  it.each([true, false])('stopAnswer() returns whether an answer was running: %j', (isRunning) => {
    expect(arrangeAttached({ stop: () => isRunning }).commands.stopAnswer()).toBe(isRunning);
  });

  it('stopAnswer() returns false before there is a chat, and after the chat is gone', () => {
    const { commands, api } = arrange({ stop: () => true });
    expect(commands.stopAnswer()).toBe(false);
    commands.attach(api);
    commands.detach();
    expect([commands.stopAnswer(), commands.chat]).toEqual([false, undefined]);
  });
});

describe('A command on conversations', () => {
  it('A command on conversations reaches the chat with its arguments, and resolves with the result', async () => {
    const { commands, asked } = arrangeAttached();
    expect(await commands.conversations('rename', '741', 'Delivery')).toBe('done');
    expect(asked).toEqual([['rename', '741', 'Delivery']]);
  });

  it('A command on conversations rejects with the problem that the chat reports', async () => {
    const problem: Problem = { code: ErrorCode.ConversationUnavailable, message: 'There is none.', retryable: false };
    const { commands } = arrangeAttached({ conversations: (() => Promise.resolve(fail(problem))) as ChatApi['conversations'] });
    await expect(commands.conversations('open', '741')).rejects.toMatchObject({ name: 'CozeChatError', ...problem });
  });

  it.each<[ConversationCommand, boolean]>([
    ['list', true],
    ['rename', true],
    ['toggle', true],
    ['open', false],
    ['create', false],
    ['delete', false],
    ['deleteAll', false],
    ['download', false],
    ['name', false],
    ['replace', false],
  ])('The command %s runs beside a running answer: %j', async (name, isInstant) => {
    const { commands, asked, answer } = arrangeAttached();
    void commands.send('hello');
    const run = commands.conversations as (name: ConversationCommand) => Promise<unknown>;
    const result = run.call(commands, name);
    await flushMicrotasks();
    expect(asked).toEqual(isInstant ? [[name]] : []);
    answer({ role: 'assistant', text: 'Hello', id: '1' });
    expect([await result, asked]).toEqual(['done', [[name]]]);
  });
});
