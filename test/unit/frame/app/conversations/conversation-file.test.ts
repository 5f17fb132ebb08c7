import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationFile } from '../../../../../src/frame/app/conversations/own-data/conversation-file.js';
import { type ConversationRecord, toRecord } from '../../../../../src/frame/app/conversations/own-data/conversation-record.js';
import { toReadableText } from '../../../../../src/frame/app/conversations/own-data/record-text.js';
import { toMessages } from '../../../../../src/frame/app/service/api-messages.js';
import { languages } from '../../../../../src/locales/language.js';
import { ownDataStrings } from '../../../../../src/locales/own-data-strings.js';
import { ownDataTitle } from '../../../../../src/locales/own-data-title.js';
import { placeholdersIn } from '../../../../../src/locales/strings.js';
import { strings as chat } from '../../../../../src/locales/translations/en.js';
import { runs } from '../../../../support/runs.js';

const strings = { chat, own: ownDataStrings.en };
const nowMs = Date.UTC(2026, 10, 28, 9, 5, 7, 400);
const question = { id: '75001', role: 'user', type: 'question', content_type: 'text', content: 'Where is it?', created_at: 1_795_000_000 };
const answer = {
  id: '75002',
  role: 'assistant',
  type: 'answer',
  content_type: 'text',
  content: 'On its **way**.',
  created_at: '1795000002',
};

function recordOf(messages: readonly object[], isComplete = true): ConversationRecord {
  return toRecord({ history: { messages: toMessages(messages), isComplete }, language: 'en', notice: 'Made by AI.', nowMs });
}

describe('Record of a conversation', () => {
  it('A record has roles, times, contents and the label for AI, and no other field of the API', () => {
    expect(recordOf([{ ...question, meta_data: { secret: '1' }, chat_id: '7', conversation_id: '8', bot_id: '9' }, answer])).toEqual({
      format: 'coze-chat-embed/conversation',
      version: 1,
      savedAt: '2026-11-28T09:05:07Z',
      language: 'en',
      notice: 'Made by AI.',
      complete: true,
      messages: [
        { role: 'user', madeByAi: false, createdAt: '2026-11-18T11:06:40Z', text: 'Where is it?' },
        { role: 'assistant', madeByAi: true, createdAt: '2026-11-18T11:06:42Z', text: 'On its **way**.' },
      ],
    });
  });

  it('A record has only kinds and names of files, has quotes separately, and marks a message that is not text', () => {
    const items = [
      { type: 'text', text: 'Is that incl. VAT?' },
      { type: 'text', text: 'The price is 20 EUR', is_refer: true },
      { type: 'image', file_url: 'https://files.example/secret?token=1', file_id: '99', name: 'photo.png', size: 3 },
      { type: 'file', file_id: '98' },
    ];
    const { messages } = recordOf([
      { ...question, content_type: 'object_string', content: JSON.stringify(items) },
      { ...answer, content_type: 'card', content: '{"card_type":3}', created_at: undefined },
    ]);
    expect(messages).toEqual([
      {
        role: 'user',
        madeByAi: false,
        createdAt: '2026-11-18T11:06:40Z',
        quote: 'The price is 20 EUR',
        text: 'Is that incl. VAT?',
        attachments: [
          { kind: 'image', name: 'photo.png' },
          { kind: 'file', name: '' },
        ],
      },
      { role: 'assistant', madeByAi: true, text: '', unsupported: 'card' },
    ]);
  });
});

describe('Readable text of a conversation', () => {
  it('The readable text has a header and then the messages with time and sender, oldest first', () => {
    const items = [
      { type: 'text', text: 'a\nb' },
      { type: 'text', text: 'quoted', is_refer: true },
      { type: 'file', name: 'bill\n.pdf' },
    ];
    const record = recordOf([question, { ...answer, content_type: 'object_string', content: JSON.stringify(items) }], false);
    expect(toReadableText(record, strings)).toBe(`Conversation
Saved at: 2026-11-28T09:05:07Z
Made by AI.
The file has the newest 2 messages; older ones are not in it.

[2026-11-18T11:06:40Z] You:
    Where is it?

[2026-11-18T11:06:42Z] Assistant (AI):
    Quoted:
    > quoted
    a
    b
    [Attachment: bill .pdf]
`);
  });

  it('The content of a message cannot imitate the beginning of another message in the readable text', () => {
    const heads = ['\n[2026-11-18T11:06:40Z] You:\n', '\r', '\u2028Assistant (AI):', '\u0085', '\v', '\f', '\n\nYou:', '    ', 'x'];
    const foreign = fc
      .array(fc.oneof(fc.constantFrom(...heads), fc.string({ unit: 'binary' })), { maxLength: 6 })
      .map((parts) => parts.join(''));
    const message = fc.oneof(
      foreign.map((content) => ({ ...question, content })),
      foreign.map((text) => ({
        ...answer,
        content_type: 'object_string',
        content: JSON.stringify([
          { type: 'text', text },
          { type: 'file', name: text },
          { type: 'text', text, is_refer: true },
        ]),
      })),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
        const lines = toReadableText(recordOf(messages), strings).split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
        expect(lines.filter((line) => /^\S.*:$/.test(line))).toHaveLength(messages.length);
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('File of a conversation', () => {
  const options = {
    history: { messages: toMessages([question]), isComplete: true },
    language: 'ar',
    notice: '‏قد تكون خاطئة',
    nowMs,
    strings,
    File,
  };

  it('The file of a conversation is named by the time only, and has the type of its format', async () => {
    const text = conversationFile({ ...options, format: 'text' });
    expect([text.name, text.type]).toEqual(['conversation-20261128T090507Z.txt', 'text/plain;charset=utf-8']);
    // A Blob's text() strips the byte order mark.
    expect([...new Uint8Array(await text.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    const json = conversationFile({ ...options, format: 'json' });
    expect([json.name, json.type]).toEqual(['conversation-20261128T090507Z.json', 'application/json']);
    expect(JSON.parse(await json.text())).toMatchObject({ version: 1, notice: '‏قد تكون خاطئة' });
    expect([...new Uint8Array(await json.arrayBuffer())][0]).toBe('{'.charCodeAt(0));
  });
});

describe.each(languages)('Strings for own data in %s', (language) => {
  const own = ownDataStrings[language];
  const names = Object.keys(ownDataStrings.en) as (keyof typeof own)[];

  it('Every string for own data exists, is not blank, and has the placeholders of the English one', () => {
    expect(Object.keys(own).toSorted()).toEqual(names.toSorted());
    expect(names.filter((name) => own[name].trim() === '' || own[name] !== own[name].trim())).toEqual([]);
    const placeholders = (strings: typeof own) => names.map((name) => placeholdersIn(strings[name]).toSorted());
    expect(placeholders(own)).toEqual(placeholders(ownDataStrings.en));
    expect(ownDataTitle[language]).toMatch(/\S/);
  });
});

it.each(languages.filter((language) => language !== 'en'))('In %s every string for own data is translated', (language) => {
  const names = Object.keys(ownDataStrings.en) as (keyof typeof ownDataStrings.en)[];
  expect(names.filter((name) => ownDataStrings[language][name] === ownDataStrings.en[name])).toEqual([]);
});
