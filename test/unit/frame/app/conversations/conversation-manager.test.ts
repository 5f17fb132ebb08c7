/** The answer that Coze is still writing in a conversation that the visitor opens. */
import { describe, expect, it } from 'vitest';
import { ConversationManager, type ConversationManagerOptions } from '../../../../../src/frame/app/conversations/conversation-manager.js';
import type { ConversationView } from '../../../../../src/frame/app/conversations/conversation-view.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

const BOT = '9';
const answer = { id: '2', type: 'answer', content: 'An answer to the old question', content_type: 'text', bot_id: BOT };

type View = { -readonly [Name in keyof ConversationView]: ConversationView[Name] };

/** A chat with the conversation `old` on the screen, whose question has no answer yet. `askedMsAgo`: the age of the question. */
async function openUnanswered(askedMsAgo = 0) {
  const time = new VirtualTime();
  const asked = { ...answer, id: '1', type: 'question', content: 'A question', created_at: (time.now.wallMs - askedMsAgo) / 1_000 };
  /** Oldest first. */
  let messages: readonly object[] = [asked];
  /** What has been shown below which question. */
  const shown: (readonly [questionId: string, ...answer: unknown[]])[] = [];
  const forgotten: string[] = [];
  const doNothing = (): void => {};
  const view: View = {
    id: 'other',
    isEmpty: false,
    isAnswering: false,
    isReadOnly: false,
    toggleList: doNothing,
    untilIdle: () => Promise.resolve(),
    untilNothingIsCreated: () => Promise.resolve(),
    lock: doNothing,
    endAnswer: doNothing,
    switchDraft: doNothing,
    forgetDraft: (id) => forgotten.push(id),
    show: (id) => (view.id = id),
    begin: (id) => (view.id = id),
    awaitAnswer: (questionId) => shown.push([questionId, 'awaited']),
    showAnswer: (questionId, messages) => shown.push([questionId, ...messages.map(({ content }) => content)]),
  };
  const service = {
    target: { botId: BOT },
    connectorId: '999',
    prepareConversation: () => Promise.resolve(),
    withStopNotices: (page: unknown) => page,
    request: () => Promise.resolve({ ok: true, body: { data: messages.toReversed() } }),
  };
  const { clock, timers } = time;
  const manager = new ConversationManager({ view, service, clock, timers } as unknown as ConversationManagerOptions);
  await manager.run('open', 'old');
  return { view, time, manager, shown, forgotten, complete: (...later: object[]) => void (messages = [asked, answer, ...later]) };
}

const AWAITED = ['1', 'awaited'];
const ANSWERED = ['1', answer.content];

describe('Late answer in an opened conversation', () => {
  it('A late answer is awaited visibly at once, and shown once Coze has it', async () => {
    const { time, shown, complete } = await openUnanswered();
    expect(shown).toEqual([AWAITED]);
    await time.advance(5_000);
    complete();
    await time.advance(20_000);
    expect(shown).toEqual([AWAITED, ANSWERED]);
  });

  it('A late answer is shown if the visitor has opened the same conversation again', async () => {
    const { time, manager, shown, complete } = await openUnanswered();
    await manager.run('open', 'old');
    complete();
    await time.advance(20_000);
    expect(shown).toEqual([AWAITED, ANSWERED]);
  });

  it('The answer to a question is still awaited almost ten minutes after it was asked', async () => {
    const { time, shown, complete } = await openUnanswered(599_000);
    complete();
    await time.advance(200_000);
    expect(shown).toEqual([AWAITED, ANSWERED]);
    expect(time.timerCount).toBe(0);
  });

  it('The answer to a question is not awaited more than ten minutes after it was asked', async () => {
    const { time, shown, complete } = await openUnanswered(601_000);
    complete();
    await time.advance(200_000);
    expect(shown).toEqual([]);
    expect(time.timerCount).toBe(0);
  });

  it('The sign that an answer is coming goes away if none comes', async () => {
    const { time, shown } = await openUnanswered();
    await time.advance(200_000);
    expect(shown).toEqual([AWAITED, ['1']]);
    expect(time.timerCount).toBe(0);
  });

  it('A late answer is not shown in another conversation that was begun in the meantime', async () => {
    const { view, time, shown, complete } = await openUnanswered();
    view.id = 'new';
    complete();
    await time.advance(200_000);
    expect(shown).toEqual([AWAITED]);
  });

  it('A late answer is shown below its own question, also if a newer one has been answered, and newer messages are not added', async () => {
    const { time, shown, complete } = await openUnanswered();
    await time.advance(5_000);
    complete({ ...answer, id: '3', type: 'question' }, { ...answer, id: '4' });
    await time.advance(20_000);
    expect(shown).toEqual([AWAITED, ANSWERED]);
  });
});

it('A deleted conversation loses its draft, and the one on the screen keeps it for its successor', async () => {
  const { view, manager, forgotten } = await openUnanswered();
  await manager.run('delete', 'other');
  expect(forgotten).toEqual(['other']);
  await manager.run('delete', view.id);
  expect(forgotten).toEqual(['other']);
});
