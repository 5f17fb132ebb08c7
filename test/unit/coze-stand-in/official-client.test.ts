/** Proves the stand-in's compatibility: the official Node client, unchanged, over the network. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthenticationError, type ChatEventType, CozeAPI, getJWTToken, RoleType, type StreamChatData } from '@coze/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';

let standIn: CozeStandIn;
let api: CozeAPI;

beforeAll(async () => {
  standIn = await startSharedApp();
  api = await clientFor('alice');
});
afterAll(() => standIn.stop());

function tokenFor(
  sessionName: string | undefined,
  changes: { readonly aud?: string; readonly keyid?: string; readonly accountId?: string } = {},
) {
  const { client_id: appId, public_key_id: keyid, private_key: privateKey } = standIn.oauthConfig;
  return getJWTToken({ baseURL: standIn.origin, appId, aud: 'api.coze.cn', keyid, privateKey, sessionName, ...changes });
}

async function clientFor(sessionName: string | undefined): Promise<CozeAPI> {
  const { access_token: token } = await tokenFor(sessionName);
  return new CozeAPI({ token, baseURL: standIn.origin });
}

const question = (content: string) => [{ role: RoleType.User, content, content_type: 'text' as const }];

async function collect(stream: AsyncIterable<StreamChatData>): Promise<readonly StreamChatData[]> {
  const events: StreamChatData[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const textOf = (events: readonly StreamChatData[]): string =>
  events
    .map((one) => (one.event === ('conversation.message.delta' as ChatEventType) ? (one.data as { content: string }).content : ''))
    .join('');

describe('getJWTToken() of the official client', () => {
  it('getJWTToken() gets a token with an absolute expiry 900 seconds ahead', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { access_token: token, expires_in: expiresAt } = await tokenFor('alice');
    expect(token).toMatch(/^czs_/);
    expect(expiresAt).toBeGreaterThanOrEqual(before + 900);
    expect(expiresAt).toBeLessThanOrEqual(Math.floor(Date.now() / 1000) + 900);
  });

  it('getJWTToken() gets a token at the path of an account', async () => {
    expect((await tokenFor('alice', { accountId: '123' })).access_token).toMatch(/^czs_/);
  });

  it('getJWTToken() throws an AuthenticationError for an unknown key and for another audience', async () => {
    await expect(tokenFor('alice', { keyid: 'unknown' })).rejects.toThrow(AuthenticationError);
    await expect(tokenFor('alice', { aud: 'api.example.com' })).rejects.toMatchObject({
      status: 401,
      rawError: { error_code: 'invalid_client' },
    });
  });
});

describe('CozeAPI of the official client', () => {
  it('The client retrieves the bot with both of its methods', async () => {
    expect((await api.bots.retrieve({ bot_id: standIn.botId })).name).toBe('Parrot');
    expect((await api.bots.retrieveNew(standIn.botId)).onboarding_info.suggested_questions).toHaveLength(3);
    await expect(api.bots.retrieve({ bot_id: standIn.unpublishedBotId })).rejects.toMatchObject({ code: 4015 });
  });

  it('The client streams a chat', async () => {
    const conversation = await api.conversations.create({ bot_id: standIn.botId });
    const events = await collect(
      api.chat.stream({ bot_id: standIn.botId, conversation_id: conversation.id, additional_messages: question('streamed 世界') }),
    );
    expect(textOf(events)).toBe('你说：streamed 世界');
    expect(events[0]?.event).toBe('conversation.chat.created');
    expect(events.at(-1)).toEqual({ event: 'done', data: '[DONE]' });
  });

  it('The client creates a chat and polls it to its end', async () => {
    const { chat, messages } = await api.chat.createAndPoll({ bot_id: standIn.botId, additional_messages: question('polled') });
    expect(chat.status).toBe('completed');
    expect(messages?.map((message) => message.type)).toEqual(['answer', 'verbose', 'follow_up', 'follow_up', 'follow_up']);
    expect(messages?.[0]?.content).toBe('You said: polled');
    expect((await api.chat.retrieve(chat.conversation_id, chat.id)).id).toBe(chat.id);
    expect(await api.chat.messages.list(chat.conversation_id, chat.id)).toHaveLength(5);
    await expect(api.chat.cancel(chat.conversation_id, chat.id)).rejects.toMatchObject({ code: 4104 });
  });

  it('The client creates, lists, retrieves and clears conversations', async () => {
    const client = await clientFor('lister');
    const first = await client.conversations.create({ bot_id: standIn.botId, meta_data: { purpose: 'test' } });
    const second = await client.conversations.create({ bot_id: standIn.botId });
    const listed = await client.conversations.list({ bot_id: standIn.botId, page_num: 1, page_size: 50 });
    expect(listed.conversations.map((one) => one.id)).toEqual([second.id, first.id]);
    expect((await client.conversations.retrieve(first.id)).meta_data).toEqual({ purpose: 'test' });

    const cleared = await client.conversations.clear(first.id);
    expect(cleared.conversation_id).toBe(first.id);
    expect((await client.conversations.retrieve(first.id)).last_section_id).toBe(cleared.id);
  });

  it('The client creates, lists, pages, retrieves, updates and deletes messages', async () => {
    const { id } = await api.conversations.create({ bot_id: standIn.botId });
    const create = (content: string) =>
      api.conversations.messages.create(id, { role: RoleType.User, content, content_type: 'text', meta_data: {} });
    const [one, two, three] = [await create('one'), await create('two'), await create('three')];

    const page = await api.conversations.messages.list(id, { limit: 2 });
    expect([page.data.map((message) => message.id), page.has_more]).toEqual([[three.id, two.id], true]);
    const rest = await api.conversations.messages.list(id, { limit: 2, after_id: page.last_id });
    expect([rest.data.map((message) => message.id), rest.has_more]).toEqual([[one.id], false]);
    expect((await api.conversations.messages.list(id)).data).toHaveLength(3);

    expect((await api.conversations.messages.update(id, one.id, { content: 'uno' })).content).toBe('uno');
    expect((await api.conversations.messages.retrieve(id, one.id)).content).toBe('uno');
    expect((await api.conversations.messages.delete(id, one.id)).id).toBe(one.id);
    expect((await api.conversations.messages.list(id)).data).toHaveLength(2);
  });

  it('The client uploads a file, retrieves it and sends it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'coze-stand-in-'));
    const path = join(directory, 'cat.txt');
    await writeFile(path, 'meow');
    const file = await api.files.upload({ file: createReadStream(path) });
    await rm(directory, { recursive: true });
    expect(file).toMatchObject({ bytes: 4, file_name: 'cat.txt' });
    expect((await api.files.retrieve(file.id)).id).toBe(file.id);
    const events = await collect(
      api.chat.stream({
        bot_id: standIn.botId,
        additional_messages: [{ role: RoleType.User, content: [{ type: 'file', file_id: file.id }], content_type: 'object_string' }],
      }),
    );
    expect(textOf(events)).toBe('I received **cat.txt**: text/plain, 4 bytes.');
  });

  it('The client creates speech', async () => {
    const speech = await api.audio.speech.create({ input: 'hello', voice_id: 'v1', response_format: 'wav' });
    expect(Buffer.from(speech).toString('latin1', 0, 4)).toBe('RIFF');
  });

  it('The client streams a workflow chat', async () => {
    const events: unknown[] = [];
    const stream = api.workflows.chat.stream({
      workflow_id: standIn.workflowId,
      app_id: standIn.appId,
      additional_messages: question('flow'),
    });
    for await (const { event } of stream) events.push(event);
    expect([events[0], events.at(-1)]).toEqual(['conversation.chat.created', 'done']);
  });

  it('A client does not see the conversations of another session name', async () => {
    const [ann, ben] = [await clientFor('ann'), await clientFor('ben')];
    const { id } = await ann.conversations.create({ bot_id: standIn.botId });
    await collect(ann.chat.stream({ bot_id: standIn.botId, conversation_id: id, additional_messages: question('for Ann only') }));
    expect((await ben.conversations.list({ bot_id: standIn.botId })).conversations).toEqual([]);
    await expect(ben.conversations.messages.list(id)).rejects.toMatchObject({ code: 4002 });
    const intrusion = await collect(ben.chat.stream({ bot_id: standIn.botId, conversation_id: id, additional_messages: question('x') }));
    expect(intrusion).toEqual([{ event: 'error', data: expect.objectContaining({ code: 4002 }) as unknown }]);
  });

  it('Clients without a session name share one history, which is the risk that the stand-in demonstrates', async () => {
    const [one, other] = [await clientFor(undefined), await clientFor(undefined)];
    const { id } = await one.conversations.create({ bot_id: standIn.botId });
    await collect(one.chat.stream({ bot_id: standIn.botId, conversation_id: id, additional_messages: question('for all eyes') }));
    const listed = await other.conversations.list({ bot_id: standIn.botId });
    expect(listed.conversations[0]?.id).toBe(id);
    expect((await other.conversations.messages.list(id)).data.map((message) => message.content)).toContain('for all eyes');
  });

  it('The client throws for an unknown token, and yields an error event for a chat', async () => {
    const stranger = new CozeAPI({ token: 'czs_unknown', baseURL: standIn.origin });
    await expect(stranger.conversations.list({ bot_id: standIn.botId })).rejects.toThrow(AuthenticationError);
    const events = await collect(stranger.chat.stream({ bot_id: standIn.botId, additional_messages: question('x') }));
    expect(events).toEqual([{ event: 'error', data: expect.objectContaining({ code: 4101 }) as unknown }]);
  });
});
