import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn, Faults } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  answerText,
  ask,
  createConversation,
  envelope,
  listMessages,
  logIn,
  parseEvents,
  type Session,
  startChat,
  type WireMessage,
} from './support.js';

interface WireChat {
  readonly id: string;
  readonly conversation_id: string;
  readonly status: string;
  readonly usage: { readonly token_count: number };
}

let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'impatient');
});
afterEach(() => standIn.resetFaults());
afterAll(() => standIn.stop());

/** An answer that pauses before its last word until {@link CozeStandIn.resetFaults}. */
async function begin(text: string, faults: Partial<Faults> = {}) {
  const { id: conversationId } = await createConversation(standIn, session);
  standIn.setFaults({ holdLastWord: true, ...faults });
  const response = await startChat(standIn, session, conversationId, text);
  const reader = (response.body ?? new ReadableStream()).getReader();
  const first = new TextDecoder().decode((await reader.read()).value).split('\n\n')[0] ?? '';
  const { id: chatId } = parseEvents(`${first}\n\n`)[0]?.data as WireChat;
  const rest = async (): Promise<string> => {
    let text = '';
    for (let next = await reader.read(); next.done !== true; next = await reader.read()) text += new TextDecoder().decode(next.value);
    return text;
  };
  return { conversationId, chatId, rest, hangUp: () => reader.cancel() };
}

const cancel = (ids: object, who = session) => envelope<WireChat>(who.post('/v3/chat/cancel', ids));
const idsOf = (turn: { readonly conversationId: string; readonly chatId: string }) => ({
  conversation_id: turn.conversationId,
  chat_id: turn.chatId,
});
const retrieve = async (turn: { readonly conversationId: string; readonly chatId: string }): Promise<WireChat> =>
  (await envelope<WireChat>(session.get(`/v3/chat/retrieve?conversation_id=${turn.conversationId}&chat_id=${turn.chatId}`))).data;
const contents = async (conversationId: string): Promise<readonly string[]> =>
  (await envelope<readonly WireMessage[]>(listMessages(session, conversationId))).data.map(({ content }) => content);

describe('POST /v3/chat/cancel', () => {
  it('A cancelled chat has the status canceled, and its stream continues to the end and is charged', async () => {
    const turn = await begin('never mind');
    expect(await cancel(idsOf(turn))).toMatchObject({ code: 0, data: { id: turn.chatId, status: 'canceled', last_error: { code: 0 } } });
    standIn.resetFaults();
    expect(answerText(parseEvents(await turn.rest()))).toContain('mind');
    expect((await retrieve(turn)).status).toBe('canceled');
    expect((await retrieve(turn)).usage.token_count).toBeGreaterThan(0);
  });

  it('A cancelled chat frees its conversation at once, or at its end with the fault busyAfterCancel', async () => {
    const turn = await begin('never mind');
    await cancel(idsOf(turn));
    expect((await startChat(standIn, session, turn.conversationId, 'next')).headers.get('content-type')).toContain('event-stream');
    standIn.resetFaults();

    const busy = await begin('never mind', { busyAfterCancel: true });
    await cancel(idsOf(busy));
    expect((await envelope(startChat(standIn, session, busy.conversationId, 'next'))).code).toBe(4016);
    standIn.resetFaults();
    await busy.rest();
    expect(await ask(standIn, session, busy.conversationId, 'next')).toBe('You said: next');
  });

  it('The bot does not remember a cancelled question', async () => {
    const turn = await begin('my secret');
    await cancel(idsOf(turn));
    standIn.resetFaults();
    await turn.rest();
    expect(await ask(standIn, session, turn.conversationId, 'What did I say?')).not.toContain('my secret');
  });

  it.each([
    ['turn', ['You said: never mind', 'never mind']],
    ['question', ['never mind']],
    ['nothing', []],
  ] as const)('A cancelled chat leaves in the history what the fault canceledInHistory says: %s', async (canceledInHistory, left) => {
    const turn = await begin('never mind', { canceledInHistory });
    await cancel(idsOf(turn));
    standIn.setFaults({ holdLastWord: false });
    await turn.rest();
    expect(await contents(turn.conversationId)).toEqual(left);
  });

  it('A cancellation with missing, wrong or foreign ids, or of a finished chat, is refused', async () => {
    const turn = await begin('never mind');
    const other = await createConversation(standIn, session);
    expect((await cancel({ conversation_id: turn.conversationId })).code).toBe(4000);
    expect((await cancel({ ...idsOf(turn), chat_id: '1' })).code).toBe(4001);
    expect((await cancel({ ...idsOf(turn), conversation_id: other.id })).code).toBe(4001);
    expect((await cancel({ ...idsOf(turn), conversation_id: '1' })).code).toBe(4002);
    expect((await cancel(idsOf(turn), await logIn(standIn, 'somebody else'))).code).toBe(4002);
    standIn.setFaults({ paths: { '/v3/chat/cancel': { code: 4101, msg: 'You have no permission for cancelChat.' } } });
    expect((await cancel(idsOf(turn))).code).toBe(4101);
    standIn.resetFaults();
    await turn.rest();
    expect((await cancel(idsOf(turn))).code).toBe(4104);
  });
});

it('With the fault answersOnUnread, an answer continues after its reader disconnects, and keeps its conversation busy', async () => {
  const turn = await begin('never mind', { answersOnUnread: true });
  await turn.hangUp();
  expect((await envelope(startChat(standIn, session, turn.conversationId, 'next'))).code).toBe(4016);
  expect((await retrieve(turn)).status).toBe('in_progress');
  standIn.resetFaults();
  await expect.poll(async () => (await retrieve(turn)).status).toBe('completed');
});
