import { expect, test, vi } from 'vitest';
import { ConversationStart, findNewest } from '../../../../../src/frame/app/service/conversation-start.js';
import type { MessagePage } from '../../../../../src/frame/app/service/message-page.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

const conversation = (conversationId: string) => ({ conversationId, sectionId: '' });
const page = { messages: [], prevCursorId: '1', nextCursorId: '', prevHasMore: true, nextHasMore: false } satisfies MessagePage;

function arrange(options: Partial<ConstructorParameters<typeof ConversationStart>[0]> = {}) {
  const create = vi.fn(() => Promise.resolve(conversation('created')));
  const onFailed = vi.fn();
  const start = new ConversationStart({
    restore: () => Promise.resolve(undefined),
    find: () => Promise.resolve(undefined),
    create,
    onFailed,
    timers: new VirtualTime().timers,
    ...options,
  });
  return { start, create, onFailed };
}

test('A visitor who has a conversation begins in the newest one, and none is created', async () => {
  const { start, create } = arrange({ find: () => Promise.resolve(conversation('newest')) });
  expect(await start.open()).toEqual(conversation('newest'));
  expect([start.newestId, start.firstConversation]).toEqual(['newest', undefined]);
  expect(create).not.toHaveBeenCalled();
});

test('The chat of a new visitor is shown without a conversation, which is created in the meantime', async () => {
  const { start, create } = arrange();
  expect(await start.open()).toEqual(conversation(''));
  expect(start.takePage('')?.messages).toEqual([]);
  expect(await start.firstConversation).toEqual(conversation('created'));
  expect(start.newestId).toBe('created');
  expect(create).toHaveBeenCalledOnce();
});

test('A conversation that is begun while the first one is being created comes after it, and is the newest', async () => {
  const ids = ['first', 'second'];
  const { start } = arrange({ create: () => Promise.resolve(conversation(ids.shift() ?? '')) });
  await start.open();
  expect(await start.begin()).toEqual(conversation('second'));
  expect(start.newestId).toBe('second');
});

test('A first conversation that cannot be created is reported once, and the chat opens without it', async () => {
  const cause = new Error('4028');
  const { start, onFailed } = arrange({ create: () => Promise.reject(cause) });
  await start.open();
  expect(await start.firstConversation).toBeUndefined();
  expect(onFailed.mock.calls).toEqual([[cause]]);
});

test.each([undefined, null, 7, ''])('A conversation whose id is %j in the response of the API counts as failed', async (id) => {
  const { start, onFailed } = arrange({ create: () => Promise.resolve(conversation(id as string)) });
  await start.open();
  expect(await start.firstConversation).toBeUndefined();
  expect(onFailed).toHaveBeenCalledOnce();
  await expect(start.begin()).rejects.toThrow('no id');
  expect(start.newestId).toBe('');
});

test('The messages of a restored conversation are returned once, and for no other conversation', async () => {
  const { start } = arrange({ restore: () => Promise.resolve({ ...conversation('7'), page }) });
  await start.open();
  expect(start.takePage('8')).toBeUndefined();
  expect(start.takePage('7')).toBe(page);
  expect(start.takePage('7')).toBeUndefined();
});

test.each([null, {}, { conversations: 'none' }, { conversations: [null] }, { conversations: [{ id: 7 }] }])(
  'An invalid list of conversations has no newest conversation: %j',
  (list) => {
    expect(findNewest(list)).toBeUndefined();
  },
);
