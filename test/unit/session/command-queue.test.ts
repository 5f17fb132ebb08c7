import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../src/frame/contract.js';
import { CommandQueue } from '../../../src/session/command-queue.js';
import { noControls } from '../../support/chat-controls.js';
import { flushMicrotasks } from '../../support/virtual-time.js';

/** A chat that responds when the test says so. */
function chat() {
  const asked: string[] = [];
  const answers: ((answer: SendOutcome) => void)[] = [];
  const controls = {
    compose: () => {},
    stop: () => false,
    send: (text: string) => {
      asked.push(text);
      return new Promise<SendOutcome>((resolve) => answers.push(resolve));
    },
    clear: () => Promise.resolve(true),
    conversations: noControls.conversations,
    configure: () => {},
  };
  const answer = async (text: string): Promise<void> => {
    answers.shift()?.({ role: 'assistant', text, id: '1' });
    await flushMicrotasks();
  };
  return { controls, asked, answer };
}

const ask = (queue: CommandQueue, text: string): Promise<string> =>
  queue.add((controls) => controls.send(text)).then((answer) => (typeof answer === 'string' ? answer : answer.text));

const gone = { name: 'CozeChatError', code: 'interrupted', retryable: true };

describe('A command', () => {
  it('A command waits for the frame, and for the command before it', async () => {
    const queue = new CommandQueue();
    const { controls, asked, answer } = chat();
    const answered = [ask(queue, 'one'), ask(queue, 'two')];
    expect(asked).toEqual([]);
    queue.attach(controls);
    expect(asked).toEqual(['one']);
    await answer('first');
    expect(asked).toEqual(['one', 'two']);
    await answer('second');
    expect(await Promise.all(answered)).toEqual(['first', 'second']);
  });

  it('An instant command waits for the frame, and for no other command', async () => {
    const queue = new CommandQueue();
    const { controls, asked } = chat();
    const composed: string[] = [];
    const compose = (text: string): Promise<void> => queue.add(() => Promise.resolve(void composed.push(text)), { isInstant: true });
    void ask(queue, 'one');
    const early = compose('early');
    expect(composed).toEqual([]);
    queue.attach(controls);
    await early;
    await compose('late');
    expect([asked, composed]).toEqual([['one'], ['early', 'late']]);
  });

  it('A running command is rejected when the frame goes, and those behind it wait for the next frame', async () => {
    const queue = new CommandQueue();
    const [before, after] = [chat(), chat()];
    queue.attach(before.controls);
    const [one, two] = [ask(queue, 'one'), ask(queue, 'two')];
    queue.detach();
    await expect(one).rejects.toMatchObject(gone);
    await before.answer('too late');
    expect(before.asked).toEqual(['one']);
    queue.attach(after.controls);
    expect(after.asked).toEqual(['two']);
    await after.answer('second');
    expect(await two).toBe('second');
  });

  it('A running command is rejected when the document of its frame is loaded again', async () => {
    const queue = new CommandQueue();
    const [before, after] = [chat(), chat()];
    queue.attach(before.controls);
    const [one, two] = [ask(queue, 'one'), ask(queue, 'two')];
    queue.attach(after.controls);
    await expect(one).rejects.toMatchObject(gone);
    expect(after.asked).toEqual(['two']);
    await after.answer('second');
    expect(await two).toBe('second');
  });

  it('A command never runs in the chat of the next visitor', async () => {
    const queue = new CommandQueue();
    const { controls, asked } = chat();
    const ofAlice = ask(queue, 'for Alice only');
    queue.rejectAll();
    queue.attach(controls);
    await expect(ofAlice).rejects.toMatchObject(gone);
    expect(asked).toEqual([]);
  });

  it('A waiting command is rejected with the problem of the chat', async () => {
    const queue = new CommandQueue();
    const command = ask(queue, 'one');
    queue.rejectAll({ code: 'forbidden', message: 'No.', retryable: false });
    await expect(command).rejects.toMatchObject({ code: 'forbidden', message: 'No.', retryable: false });
  });

  it('A command that fails does not hold up the next one', async () => {
    const queue = new CommandQueue();
    const { controls, asked } = chat();
    queue.attach(controls);
    await expect(queue.add(() => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
    void ask(queue, 'next');
    await flushMicrotasks();
    expect(asked).toEqual(['next']);
  });
});

it('An unfinished instant command is rejected when the chat goes, and its late result is ignored', async () => {
  const queue = new CommandQueue();
  const { controls } = chat();
  queue.attach(controls);
  let arrive = (_: string): void => undefined;
  const listed = queue.add(() => new Promise<string>((resolve) => (arrive = resolve)), { isInstant: true });
  queue.rejectAll();
  arrive('the former visitor’s list');
  await expect(listed).rejects.toMatchObject(gone);
});

it('A finished instant command is not rejected later', async () => {
  const queue = new CommandQueue();
  const { controls } = chat();
  queue.attach(controls);
  expect(await queue.add(() => Promise.resolve('list'), { isInstant: true })).toBe('list');
  expect(() => queue.rejectAll()).not.toThrow();
});
