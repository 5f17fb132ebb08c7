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
  const appended: unknown[] = [];
  const forgotten: string[] = [];
  const doNothing = (): void => {};
  const view: View = {
    id: 'other',
    isEmpty: false,
    turnCount: 1,
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
    append: (added) => appended.push(...added.map(({ content }) => content)),
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
  return { view, time, manager, appended, forgotten, complete: (...later: object[]) => void (messages = [asked, answer, ...later]) };
}

describe('Late answer in an opened conversation', () => {
  it('A late answer is shown once Coze has it', async () => {
    const { time, appended, complete } = await openUnanswered();
    await time.advance(5_000);
    complete();
    await time.advance(20_000);
    expect(appended).toEqual([answer.content]);
  });

  it('A late answer is shown if the visitor has opened the same conversation again', async () => {
    const { time, manager, appended, complete } = await openUnanswered();
    await manager.run('open', 'old');
    complete();
    await time.advance(20_000);
    expect(appended).toEqual([answer.content]);
  });

  it.each([
    ['is still awaited almost ten minutes after it was asked', 599_000, [answer.content]],
    ['is not awaited more than ten minutes after it was asked', 601_000, []],
  ])('The answer to a question %s', async (_, askedMsAgo, shown) => {
    const { time, appended, complete } = await openUnanswered(askedMsAgo);
    complete();
    await time.advance(200_000);
    expect(appended).toEqual(shown);
    expect(time.timerCount).toBe(0);
  });

  it('A late answer is not shown in another conversation that was begun in the meantime', async () => {
    const { view, time, appended, complete } = await openUnanswered();
    view.id = 'new';
    complete();
    await time.advance(200_000);
    expect(appended).toEqual([]);
  });

  it('A late answer is shown above a question that waits for its own answer, which is not added', async () => {
    const { view, time, appended, complete } = await openUnanswered();
    view.isAnswering = true;
    complete({ ...answer, id: '3', type: 'question' }, { ...answer, id: '4' });
    await time.advance(20_000);
    expect(appended).toEqual([answer.content]);
  });

  it('A late answer and newer messages are not added once another question of the visitor has been answered', async () => {
    const { view, time, appended, complete } = await openUnanswered();
    await time.advance(5_000);
    view.turnCount = 2;
    complete({ ...answer, id: '3', type: 'question' }, { ...answer, id: '4' });
    await time.advance(200_000);
    expect(appended).toEqual([]);
  });
});

it('A deleted conversation loses its draft, and the one on the screen keeps it for its successor', async () => {
  const { view, manager, forgotten } = await openUnanswered();
  await manager.run('delete', 'other');
  expect(forgotten).toEqual(['other']);
  await manager.run('delete', view.id);
  expect(forgotten).toEqual(['other']);
});
