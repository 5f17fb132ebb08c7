/** Long sequences of requests: for the whole history, and for the deletion of all conversations. */
import { describe, expect, it, vi } from 'vitest';
import { toConversationError, visitorUnconfirmedError } from '../../../../../src/frame/app/conversations/conversation-error.js';
import type { HistoryPage } from '../../../../../src/frame/app/conversations/conversation-requests.js';
import { deleteConversations, type DeletionOptions } from '../../../../../src/frame/app/conversations/own-data/delete-conversations.js';
import { MAX_MESSAGES, readHistory } from '../../../../../src/frame/app/conversations/own-data/read-history.js';
import { toMessages } from '../../../../../src/frame/app/service/api-messages.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

const busy = () => toConversationError(4013, 'listMessage', false);

/** A history of `count` messages, newest first, `pageSize` per page. */
function historyOf(count: number, pageSize = 50) {
  const asked: string[] = [];
  const ask = (cursor: string): Promise<HistoryPage> => {
    asked.push(cursor);
    const start = cursor === '' ? 0 : count - Number(cursor) + 1;
    const messages = Array.from({ length: Math.min(pageSize, count - start) }, (_, index) => ({ id: String(count - start - index) }));
    return Promise.resolve({ messages: toMessages(messages), hasMore: start + pageSize < count, cursor: messages.at(-1)?.id ?? '' });
  };
  return { ask, asked };
}

describe('Reading the whole history', () => {
  const { timers } = new VirtualTime();

  it.each([0, 1, 50, 51, 130, MAX_MESSAGES])(
    'A history of %i messages is read to its beginning, oldest first, each message once',
    async (count) => {
      const { messages, isComplete } = await readHistory(historyOf(count).ask, timers);
      expect(messages.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
      expect(isComplete).toBe(true);
    },
  );

  it('Of a history of more than 5,000 messages the newest 5,000 are read, and the result says that it is incomplete', async () => {
    const { ask, asked } = historyOf(MAX_MESSAGES + 1);
    const { messages, isComplete } = await readHistory(ask, timers);
    expect([messages.length, messages[0]?.id, messages.at(-1)?.id, isComplete]).toEqual([
      MAX_MESSAGES,
      '2',
      String(MAX_MESSAGES + 1),
      false,
    ]);
    expect(asked).toHaveLength(100);
  });

  it('Reading the history ends if the API returns the same page again', async () => {
    const page = { messages: toMessages([{ id: '1' }]), hasMore: true, cursor: '1' };
    expect((await readHistory(() => Promise.resolve(page), timers)).messages).toHaveLength(1);
  });

  it('Reading the history waits if there are too many requests, and fails after about a minute', async () => {
    const time = new VirtualTime();
    let refusals = 3;
    const { ask, asked } = historyOf(60);
    const read = readHistory((cursor) => (refusals-- > 0 ? Promise.reject(busy()) : ask(cursor)), time.timers);
    await time.advance(6_999);
    expect(asked).toEqual([]);
    await time.advance(1);
    expect((await read).messages).toHaveLength(60);
    const handleFailure = vi.fn();
    void readHistory(() => Promise.reject(busy()), time.timers).catch(handleFailure);
    await time.advance(62_999);
    expect(handleFailure).not.toHaveBeenCalled();
    await time.advance(1);
    expect(handleFailure).toHaveBeenCalledWith(expect.objectContaining({ problem: expect.objectContaining({ code: 'rate_limited' }) }));
  });
});

/** An API with the conversations `ids`; an error from `fail` is thrown instead of a deletion. */
function conversationsOf(ids: readonly string[], fail: (id: string) => Error | undefined = () => undefined) {
  const left = new Set(ids);
  const deletions: string[] = [];
  const time = new VirtualTime();
  let running = 0;
  let most = 0;
  const options: DeletionOptions = {
    api: {
      list: (page) => {
        const all = [...left].map((id) => ({ id, name: '', created_at: 1, updated_at: 1 }));
        return Promise.resolve({ has_more: all.length > page * 50, conversations: all.slice((page - 1) * 50, page * 50) });
      },
      delete: async (id) => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        deletions.push(id);
        const error = fail(id);
        if (error !== undefined) throw error;
        left.delete(id);
      },
    },
    currentId: '',
    isListed: true,
    requireVisitor: () => Promise.resolve(),
    timers: time.timers,
  };
  return { options, left, deletions, time, mostAtOnce: () => most };
}

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index + 1));
const broken = () => toConversationError(500, 'editConversation', true);

describe('Deletion of all conversations', () => {
  it('2,000 conversations are deleted, four at once, the displayed one last, and the progress is reported', async () => {
    const { options, left, deletions, mostAtOnce } = conversationsOf(ids(2_000));
    const steps: (readonly [number, number])[] = [];
    const outcome = await deleteConversations({ ...options, currentId: '7', onProgress: (...step) => steps.push(step) });
    expect([outcome.deletedIds.length, outcome.failed, left.size, mostAtOnce()]).toEqual([2_000, 0, 0, 4]);
    expect(deletions.at(-1)).toBe('7');
    expect([steps[0], steps.at(-1)]).toEqual([
      [0, 2_000],
      [2_000, 2_000],
    ]);
  });

  it('A conversation that cannot be deleted is counted as failed, and all others are deleted', async () => {
    const { options, left } = conversationsOf(ids(120), (id) => (id === '60' || id === '3' ? broken() : undefined));
    expect(await deleteConversations(options)).toMatchObject({ failed: 2 });
    expect([...left]).toEqual(['3', '60']);
  });

  it('A conversation that was already deleted in another tab counts as deleted', async () => {
    const { options } = conversationsOf(['1', '2'], (id) => (id === '1' ? toConversationError(4200, 'editConversation', true) : undefined));
    expect(await deleteConversations(options)).toEqual({ deletedIds: ['1', '2'], failed: 0 });
  });

  it('A conversation that was begun during the deletion is deleted, too', async () => {
    const world = conversationsOf(ids(10));
    const outcome = await deleteConversations({
      ...world.options,
      onProgress: (done) => void (done === 10 && world.deletions.length === 10 && world.left.add('late')),
    });
    expect([outcome.deletedIds.includes('late'), world.left.size]).toEqual([true, 0]);
  });

  it('The deletion stops after eight failures in a row, and rejects if the conversations cannot be listed', async () => {
    const { options, deletions } = conversationsOf(ids(100), (id) => (Number(id) > 4 ? broken() : undefined));
    expect(await deleteConversations(options)).toEqual({ deletedIds: ['1', '2', '3', '4'], failed: 96 });
    expect(deletions).toHaveLength(12);
    const unlisted = { ...conversationsOf([]).options.api, list: () => Promise.reject(broken()) };
    await expect(deleteConversations({ ...options, api: unlisted })).rejects.toMatchObject({ problem: { code: 'chat_failed' } });
  });

  it('The deletion does not stop after single failures, however many there are', async () => {
    const { options, left } = conversationsOf(ids(100), (id) => (Number(id) % 5 === 0 ? broken() : undefined));
    expect(await deleteConversations(options)).toMatchObject({ failed: 20 });
    expect(left.size).toBe(20);
  });

  it('The deletion stops at a missing permission, and rejects with its error', async () => {
    const missing = toConversationError(4101, 'editConversation', true);
    const { options, deletions } = conversationsOf(ids(100), () => missing);
    await expect(deleteConversations(options)).rejects.toBe(missing);
    expect(deletions).toEqual(['1', '2', '3', '4']);
  });

  it('A deletion that has begun does not reject at an error, but returns it with what was deleted and what is left', async () => {
    const missing = toConversationError(4101, 'editConversation', true);
    const begun = conversationsOf(ids(100), (id) => (Number(id) > 4 ? missing : undefined));
    expect(await deleteConversations(begun.options)).toEqual({ deletedIds: ['1', '2', '3', '4'], failed: 96, error: missing });
    expect([begun.deletions.length, begun.left.size]).toEqual([8, 96]);
  });

  it('The deletion waits if there are too many requests', async () => {
    let refusals = 6;
    const { options, time, left } = conversationsOf(ids(8), () => (refusals-- > 0 ? busy() : undefined));
    const outcome = deleteConversations(options);
    // Four requests at once: all are refused, then two of them a second time after a second.
    await time.advance(999);
    expect(left.size).toBe(8);
    await time.advance(1);
    expect(left.size).toBe(6);
    await time.advance(2_000);
    expect([(await outcome).failed, left.size]).toEqual([0, 0]);
  });

  it('The deletion stops when the visitor cancels it, and when the visitor can no longer be confirmed', async () => {
    const enough = new AbortController();
    const stopped = conversationsOf(ids(100));
    const outcome = await deleteConversations({
      ...stopped.options,
      signal: enough.signal,
      onProgress: (done) => done >= 20 && enough.abort(),
    });
    expect([outcome.deletedIds.length, outcome.failed]).toEqual([20, 80]);

    const left = conversationsOf(ids(100));
    const unconfirmed = visitorUnconfirmedError();
    const uncertain = await deleteConversations({
      ...left.options,
      requireVisitor: () => (left.deletions.length >= 8 ? Promise.reject(unconfirmed) : Promise.resolve()),
    });
    expect([left.deletions.length, uncertain.failed, uncertain.error]).toEqual([8, 92, unconfirmed]);
  });

  it('Only the current conversation is deleted if the API does not list the visitor’s conversations', async () => {
    const app = conversationsOf(['1', '2']);
    expect(await deleteConversations({ ...app.options, isListed: false, currentId: '2' })).toEqual({ deletedIds: ['2'], failed: 0 });
    const channel = conversationsOf([]);
    expect(await deleteConversations({ ...channel.options, currentId: '5' })).toEqual({ deletedIds: ['5'], failed: 0 });
  });
});
