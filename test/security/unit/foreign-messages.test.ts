/** The API's responses are untrusted: a proxy, a gateway or a later version may put any value anywhere. */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { ChatMessageGroup } from '@coze/chat-sdk';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { getQuote, getTexts, withoutQuote } from '../../../src/frame/app/answers/message-text.js';
import { sendFile } from '../../../src/frame/app/composer/attachments/send-file.js';
import { ConversationRequests } from '../../../src/frame/app/conversations/conversation-requests.js';
import { findQuestionIds } from '../../../src/frame/app/messages/bar/question-ids.js';
import { findDay, nameDay } from '../../../src/frame/app/messages/days.js';
import { findSources, parseSteps } from '../../../src/frame/app/messages/process/parse-steps.js';
import { hasSteps } from '../../../src/frame/app/messages/process-props.js';
import { toKnownEvents, toMessages } from '../../../src/frame/app/service/api-messages.js';
import { toBotInfo } from '../../../src/frame/app/service/bot-info.js';
import type { FeatureResult } from '../../../src/frame/app/service/feature-request.js';
import { parseShortcuts } from '../../../src/frame/app/shortcuts/parse-shortcuts.js';
import { runs } from '../../support/runs.js';

/** Any JSON value, including numbers and strings that parse as times. */
const foreign = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    -1,
    0,
    1e300,
    8.64e12,
    8.64e12 + 1,
    '',
    '1700000000',
    'yesterday',
    [],
    {},
    [null],
    '[{"type":"text","text":7},null,3]',
  ),
);
const TYPES = ['question', 'answer', 'function_call', 'tool_response', 'knowledge', 'verbose', 'follow_up'];
const CONTENTS = [
  '{"msg_type":"knowledge_recall","data":{"chunks":[null,{"slice":1,"meta":7}]}}',
  '{"arguments":null,"name":{}}',
  'null',
  '---',
];
const FIELDS = [
  'id',
  'role',
  'content_type',
  'reasoning_content',
  'chat_id',
  'conversation_id',
  'section_id',
  'bot_id',
  'created_at',
  'updated_at',
];

/** The fields of a message that are texts, whatever its type. */
const MESSAGE_TEXTS = ['id', 'type', 'role', 'content', 'content_type', 'chat_id', 'conversation_id', 'section_id', 'bot_id'];

/** Mostly valid, so that parsing gets far. */
const foreignMessage = fc.oneof(
  foreign,
  fc.record(
    {
      ...Object.fromEntries(FIELDS.map((name) => [name, foreign])),
      type: fc.oneof(fc.constantFrom(...TYPES), foreign),
      content: fc.oneof(fc.constantFrom(...CONTENTS), foreign),
    },
    { requiredKeys: [] },
  ),
);

test('Whatever a history has in place of messages, the messages that are shown have readable texts and dates', () => {
  fc.assert(
    fc.property(fc.oneof(foreign, fc.array(foreignMessage, { maxLength: 4 })), (history) => {
      const messages = toMessages(history);
      for (const message of messages) {
        const group = { query: message, respMessages: messages } as unknown as ChatMessageGroup;
        const day = findDay(group);
        if (day !== undefined) expect(nameDay(day, 1_700_000_000_000, 'en')).not.toMatch(/invalid|NaN/i);
        expect(typeof getQuote(message as never)).toBe('string');
        withoutQuote(message as never);
      }
      const shown = messages as unknown as Parameters<typeof parseSteps>[0];
      hasSteps(shown);
      expect(typeof getTexts(shown)).toBe('string');
      const shownTexts = findSources(parseSteps(shown)).flatMap(({ title, url, text }) => [title, url, text]);
      expect(shownTexts.every((text) => typeof text === 'string')).toBe(true);
    }),
    { numRuns: runs(10_000) },
  );
});

test('Whatever an event of an answer contains, its data is an object with texts and times where they belong', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.values(ChatEventType)), foreignMessage, async (event, data) => {
      const known: StreamChatData[] = [];
      for await (const one of toKnownEvents(streamOf({ event, data } as StreamChatData))) known.push(one);
      const [first] = known;
      if (first?.event === ChatEventType.DONE) return;
      expect(first?.data).toBeTypeOf('object');
      expect(first?.data).not.toBeNull();
      const fields = first?.data as unknown as Readonly<Record<string, unknown>>;
      if (event === ChatEventType.CONVERSATION_CHAT_CREATED) expect(fields['id']).toBeTypeOf('string');
      if (event !== ChatEventType.CONVERSATION_MESSAGE_DELTA && event !== ChatEventType.CONVERSATION_MESSAGE_COMPLETED) return;
      for (const name of MESSAGE_TEXTS) expect([name, typeof fields[name]]).toEqual([name, 'string']);
      for (const name of ['created_at', 'updated_at']) expect(() => new Date(Number(fields[name]) * 1_000).toISOString()).not.toThrow();
      expect(['string', 'undefined']).toContain(typeof fields['reasoning_content']);
    }),
    { numRuns: runs(10_000) },
  );
});

test('Whatever a list of conversations contains, each listed one has an id, a name and valid times', async () => {
  const conversation = fc.oneof(
    foreign,
    fc.record({ id: fc.oneof(fc.constant('7'), foreign), name: foreign, created_at: foreign, updated_at: foreign }, { requiredKeys: [] }),
  );
  const page = fc.oneof(
    foreign,
    fc.record({ conversations: fc.oneof(foreign, fc.array(conversation)), has_more: foreign }, { requiredKeys: [] }),
  );
  await fc.assert(
    fc.asyncProperty(page, async (data) => {
      const { conversations, has_more } = await requestsWith({ data }).list();
      expect(has_more).toBeTypeOf('boolean');
      for (const { id, name, created_at, updated_at } of conversations) {
        expect(id).not.toBe('');
        expect([typeof id, typeof name]).toEqual(['string', 'string']);
        expect(() => [new Date(created_at * 1_000).toISOString(), new Date(updated_at * 1_000).toISOString()]).not.toThrow();
      }
    }),
    { numRuns: runs(10_000) },
  );
});

test('Whatever a page of messages contains, it opens with the messages that are valid', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(foreign, fc.array(foreignMessage)), foreign, foreign, async (data, last_id, has_more) => {
      const page = await requestsWith({ data, last_id, has_more })
        .history('7')
        .catch((error: unknown) => error);
      // A message of another bot is rejected.
      if (page instanceof Error) expect(page.name).not.toBe('TypeError');
      else expect(page).toMatchObject({ messages: expect.any(Array), prevCursorId: expect.any(String), prevHasMore: expect.any(Boolean) });
    }),
    { numRuns: runs(10_000) },
  );
});

test('Whatever messages a turn has, those that are deleted have an id', () => {
  const question = fc.record({ id: fc.oneof(fc.constant('1'), foreign), role: fc.constant('user'), chat_id: fc.constant('7') });
  fc.assert(
    fc.property(fc.oneof(foreign, fc.array(fc.oneof(foreignMessage, question))), (messages) => {
      expect(findQuestionIds(messages, '7').every((id) => typeof id === 'string' && id !== '')).toBe(true);
    }),
    { numRuns: runs(10_000) },
  );
});

test.each(['{}', '{"data":null}', '{"data":{"id":null}}', '{"data":{"id":7}}', '{"data":{"id":""}}', '[]', 'null', '<html>'])(
  'A file whose upload is answered with %s counts as not uploaded',
  async (responseText) => {
    vi.stubGlobal('XMLHttpRequest', answeredWith(responseText));
    const file = new File(['a'], 'a.txt');
    const sent = sendFile({ file, signal: new AbortController().signal, onProgress: () => {} }, { url: '/v1/files/upload', headers: {} });
    await expect(sent).rejects.toMatchObject({ code: -1 });
    vi.unstubAllGlobals();
  },
);

test('Whatever a bot’s profile contains, its texts, lists and shortcuts can be shown', () => {
  const field = fc.record(
    { name: foreign, type: foreign, options: foreign, default_value: foreign, is_hide: foreign },
    { requiredKeys: [] },
  );
  const shortcut = fc.record(
    {
      id: fc.oneof(fc.constant('1'), foreign),
      name: fc.oneof(fc.constant('One'), foreign),
      tool: foreign,
      components: fc.oneof(foreign, fc.array(field)),
    },
    { requiredKeys: [] },
  );
  const profile = fc.record(
    {
      name: foreign,
      description: foreign,
      icon_url: foreign,
      onboarding_info: fc.oneof(foreign, fc.record({ prologue: foreign, suggested_questions: foreign }, { requiredKeys: [] })),
      background_image_info: fc.oneof(foreign, fc.record({ web_background_image: foreign }, { requiredKeys: [] })),
      voice_info_list: fc.oneof(foreign, fc.array(fc.record({ voice_id: foreign, language_code: foreign }))),
      default_user_input_type: foreign,
      shortcut_commands: fc.oneof(foreign, fc.array(fc.oneof(foreign, shortcut))),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(foreign, profile), (data) => {
      const info = toBotInfo(data);
      expect(info.onboarding_info?.prologue).toBeTypeOf('string');
      expect(info.onboarding_info?.suggested_questions?.every((question) => typeof question === 'string')).toBe(true);
      for (const { id, name, fields } of parseShortcuts(info.shortcuts)) {
        expect(id !== '' && name !== '').toBe(true);
        for (const one of fields) expect([one.name, one.initialText, ...one.choices].every((text) => typeof text === 'string')).toBe(true);
      }
    }),
    { numRuns: runs(10_000) },
  );
});

function requestsWith(body: object): ConversationRequests {
  const result: FeatureResult = { ok: true, body };
  return new ConversationRequests({ target: { botId: '1' }, connectorId: '1024', request: () => Promise.resolve(result) });
}

function answeredWith(responseText: string): unknown {
  return class {
    readonly status = 200;
    readonly responseText = responseText;
    readonly upload = {};
    onload = (): void => {};
    onloadend = (): void => {};
    open(): void {}
    send(): void {
      this.onload();
      this.onloadend();
    }
  };
}

async function* streamOf(event: StreamChatData): AsyncGenerator<StreamChatData> {
  yield await Promise.resolve(event);
}
