import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { ask, createConversation, type Envelope, envelope, listMessages, logIn, type Session, type WireMessage } from './support.js';

let standIn: CozeStandIn;
let session: Session;
beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'curious');
});
afterAll(() => standIn.stop());

test('The list of a chat contains the steps before the answer, and the list of the conversation only the reasoning', async () => {
  const { id } = await createConversation(standIn, session);
  await ask(standIn, session, id, 'research');
  const listed = await envelope<readonly (WireMessage & { readonly reasoning_content?: string })[]>(listMessages(session, id, {}));
  expect(listed.data.map(({ type }) => type)).toEqual(['answer', 'question']);
  expect(listed.data[0]?.reasoning_content).toBe('They ask for a price. I look it up first.');
  const path = `/v3/chat/message/list?conversation_id=${id}&chat_id=${listed.data[0]?.chat_id}`;
  const { data }: Envelope<readonly WireMessage[]> = await envelope(session.get(path));
  expect(data.map(({ type }) => type).slice(0, 5)).toEqual(['function_call', 'tool_response', 'knowledge', 'verbose', 'answer']);
});
