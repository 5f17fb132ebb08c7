import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { ask, createConversation, type Envelope, envelope, listMessages, logIn, type Session, type WireMessage } from './support.js';

let standIn: CozeStandIn;
let session: Session;
let path: (messageId: string) => string;
let answerId: string;
let questionId: string;
beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'critic');
  const { id } = await createConversation(standIn, session);
  await ask(standIn, session, id, 'one');
  const { data } = await envelope<readonly WireMessage[]>(listMessages(session, id, {}));
  [answerId = '', questionId = ''] = data.map((message) => message.id);
  path = (messageId) => `/v1/conversations/${id}/messages/${messageId}/feedback`;
});
afterAll(() => standIn.stop());

const give = (body: unknown, messageId = answerId, by = session): Promise<Envelope<unknown>> => envelope(by.post(path(messageId), body));

test('The last feedback on an answer replaces the previous one, and can be withdrawn', async () => {
  expect((await give({ feedback_type: 'like' })).code).toBe(0);
  expect((await give({ feedback_type: 'unlike', reason_types: ['Not true'], comment: 'It is 20.' })).code).toBe(0);
  expect(standIn.feedbackOn(answerId)).toEqual({ feedback_type: 'unlike', reason_types: ['Not true'], comment: 'It is 20.' });
  const withdrawn = await fetch(standIn.origin + path(answerId), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${session.token}` },
  });
  expect(await withdrawn.json()).toMatchObject({ code: 0 });
  expect(standIn.feedbackOn(answerId)).toBeUndefined();
});

test.each([
  ['an unknown type', { feedback_type: 'dislike' }],
  ['eleven reasons', { feedback_type: 'unlike', reason_types: Array.from({ length: 11 }, String) }],
  ['a reason of 31 characters', { feedback_type: 'unlike', reason_types: ['x'.repeat(31)] }],
  ['a comment of 251 characters', { feedback_type: 'unlike', comment: 'x'.repeat(251) }],
])('Feedback with %s is refused with code 4000', async (_, body) => {
  expect((await give(body)).code).toBe(4000);
});

test('Feedback on a question, on an unknown message or on a message of another visitor is refused', async () => {
  expect((await give({ feedback_type: 'like' }, questionId)).code).toBe(4000);
  expect((await give({ feedback_type: 'like' }, '1')).code).toBe(4005);
  expect((await give({ feedback_type: 'like' }, answerId, await logIn(standIn, 'somebody else'))).code).toBe(4002);
});
