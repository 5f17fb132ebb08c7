import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  answerText,
  envelope,
  listMessages,
  logIn,
  parseEvents,
  type Session,
  textMessage,
  type WireConversation,
  type WireMessage,
} from './support.js';

let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'flow');
});
afterAll(() => standIn.stop());

const chat = (body: Readonly<Record<string, unknown>>): Promise<Response> =>
  session.post('/v1/workflows/chat', {
    workflow_id: standIn.workflowId,
    app_id: standIn.appId,
    connector_id: '999',
    additional_messages: [textMessage('hi flow')],
    parameters: { k: 1 },
    ext: { user_id: 'u1' },
    ...body,
  });

describe('Coze app of the stand-in', () => {
  it('A Coze app has a name and an icon', async () => {
    const { data } = await envelope(session.get(`/v1/apps/${standIn.appId}?connector_id=999`));
    expect(data).toMatchObject({ name: 'Parrot', icon_url: expect.stringContaining(standIn.origin) as string });
    expect((await envelope(session.get('/v1/apps/42'))).code).toBe(4200);
  });

  it('A workflow has its documented details and the role that the SDK reads', async () => {
    const { data } = await envelope(session.get(`/v1/workflows/${standIn.workflowId}?connector_id=999&is_debug=&caller=`));
    expect(data).toMatchObject({
      workflow_detail: { workflow_id: standIn.workflowId },
      role: { workflow_id: standIn.workflowId, onboarding_info: { prologue: expect.stringContaining('{{user_name}}') as string } },
    });
    expect((await envelope(session.get('/v1/workflows/42'))).code).toBe(4200);
  });
});

describe('Workflow chat of the stand-in', () => {
  it('The stream has a blank after the colons, contains no bot id and ends with a debug URL', async () => {
    const text = await (await chat({})).text();
    expect(text).toMatch(/^(event: [a-z_.]+\ndata: \S.*\n\n)+$/);
    expect(text).not.toContain('bot_id');
    const events = parseEvents(text);
    expect(answerText(events)).toBe('You said: hi flow');
    expect(events.at(-1)).toEqual({
      event: 'done',
      data: { debug_url: expect.stringContaining(`workflow_id=${standIn.workflowId}`) as string },
    });
  });

  it('A workflow chat continues its conversation, and refuses another visitor', async () => {
    const body = { app_id: standIn.appId, conversation_name: 'Default', get_or_create: true, connector_id: '999' };
    const { data: conversation } = await envelope<WireConversation>(session.post('/v1/conversation/create', body));
    await (await chat({ conversation_id: conversation.id })).text();
    const listed = await envelope<readonly WireMessage[]>(listMessages(session, conversation.id));
    expect(listed.data.map((message) => message.content)).toEqual(['You said: hi flow', 'hi flow']);

    const stranger = await logIn(standIn, 'stranger');
    const foreign = { workflow_id: standIn.workflowId, app_id: standIn.appId, conversation_id: conversation.id };
    expect((await envelope(stranger.post('/v1/workflows/chat', foreign))).code).toBe(4002);
  });

  it('A workflow chat can belong to a bot in place of an app', async () => {
    expect(answerText(parseEvents(await (await chat({ app_id: undefined, bot_id: standIn.botId })).text()))).toBe('You said: hi flow');
  });

  it.each([
    ['an unknown workflow', { workflow_id: '42' }, 4200],
    ['an unknown app', { app_id: '42' }, 4200],
    ['neither app nor bot', { app_id: undefined }, 4200],
    ['an unpublished bot', { app_id: undefined, bot_id: '7512345678901234999' }, 4015],
    ['more than fifty messages', { additional_messages: Array.from({ length: 51 }, () => textMessage('x')) }, 4004],
  ])('A workflow chat with %s is refused', async (_what, body, code) => {
    expect((await envelope(chat(body))).code).toBe(code);
  });
});
