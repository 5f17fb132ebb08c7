import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../demo/coze-stand-in/bot/command.js';
import { cutIntoPieces } from '../../../demo/coze-stand-in/bot/pieces.js';
import { composeReply } from '../../../demo/coze-stand-in/bot/reply.js';
import type { Reply } from '../../../demo/coze-stand-in/bot/reply-parts.js';

const ORIGIN = 'http://coze.test';
const reply = (text: string, earlierQuestions: readonly string[] = []): Reply =>
  composeReply({ text, attachments: [], earlierQuestions, variables: {} }, ORIGIN);

describe('Commands of the bot', () => {
  it.each([
    ['table', 'table'],
    ['Show me a table', 'table'],
    ['show me some code, please!', 'code'],
    ['Please send me a picture.', 'image'],
    ['What can you do?', 'help'],
    ['What did I say?', 'remember'],
    ['LONG', 'long'],
    ['给我看一个表格', 'table'],
    ['请给我一张图片。', 'image'],
    ['我说过什么？', 'remember'],
    ['你好！', 'greet'],
  ])('A command is recognised in %j', (text, command) => {
    expect(readCommand(text)).toBe(command);
  });

  it.each(['I bought a table', 'the code is 42', 'list of things', '', '   ', 'this failed', '表格里有什么'])(
    'No command is recognised in %j',
    (text) => {
      expect(readCommand(text)).toBeUndefined();
    },
  );
});

describe('Replies of the bot', () => {
  it('The bot echoes a message and suggests two or three further messages', () => {
    expect(reply('The sky is blue').text).toBe('You said: The sky is blue');
    for (const text of ['hello', 'help', 'table', 'anything', 'markdown', 'slow', '你好']) {
      expect(reply(text).suggestions.length).toBeGreaterThanOrEqual(2);
      expect(reply(text).suggestions.length).toBeLessThanOrEqual(3);
    }
  });

  it('The bot answers Chinese messages in Chinese', () => {
    expect(reply('天是蓝的').text).toBe('你说：天是蓝的');
    expect(reply('我说过什么？', ['天是蓝的']).text).toBe('你在这个会话里说过：\n\n1. 天是蓝的');
  });

  it('The bot does not suggest the message that it answers', () => {
    expect(reply('Show me a picture').suggestions).toEqual(['Show me a list', 'What did I say?']);
  });

  it('Each suggestion of the bot is one of its commands', () => {
    for (const text of ['hello', 'table', 'anything', '你好', '表格', '天是蓝的']) {
      for (const suggestion of reply(text).suggestions) expect([suggestion, readCommand(suggestion)]).not.toContain(undefined);
    }
  });

  it.each([
    ['table', /^\| .+ \|\n\| --- \|/m],
    ['code', /^```js\n[^]+\n```$/m],
    ['list', /^1\. .+\n2\. /m],
    ['image', /!\[.+\]\(http:\/\/coze\.test\/assets\/hills\.svg\)/],
    ['link', /[^!]\[.+\]\(https:\/\/.+\)/],
  ])('The reply to "%s" contains Markdown for it', (word, pattern) => {
    expect(reply(word).text).toMatch(pattern);
    expect(reply('markdown').text).toMatch(pattern);
  });

  it.each(['表格', '列表', '任务', '图片', '链接', '给我看 markdown'])(
    'The reply to "%s" is in Chinese and contains no English phrase',
    (word) => {
      expect(reply(word).text).toMatch(/\p{Script=Han}/u);
      expect(reply(word).text).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/i);
    },
  );

  it('The reply to "long" has more than 1,500 characters', () => {
    expect(reply('long').text.length).toBeGreaterThan(1_500);
  });

  it('The reply to "slow" has additional delays', () => {
    expect(reply('slow').extraDelayMs).toEqual({ beforeAnswer: 3_000, betweenWords: 300 });
    expect(reply('hello').extraDelayMs).toEqual({ beforeAnswer: 0, betweenWords: 0 });
  });

  it('The bot describes every attached file and echoes the text beside them', () => {
    const attachments = [
      { name: 'cat.png', mediaType: 'image/png', bytes: 1200 },
      { name: 'notes', mediaType: '', bytes: 3 },
    ];
    expect(composeReply({ text: 'look', attachments, earlierQuestions: [], variables: {} }, ORIGIN).text).toBe(
      'I received **cat.png**: image/png, 1200 bytes.\n\nI received **notes**: unknown type, 3 bytes.\n\nYou said: look',
    );
  });
});

describe('Pieces of a streamed answer', () => {
  it.each(['Hello big world', '你好，世界！', 'a  b\n\nc', '  leading', 'family: 👨‍👩‍👧‍👦 ok', '', '| a | b |\n| - | - |'])(
    'The joined pieces are equal to the answer: %j',
    (text) => {
      expect(cutIntoPieces(text).join('')).toBe(text);
    },
  );

  it('Each piece is a word with the blanks after it', () => {
    expect(cutIntoPieces('Hello big  world')).toEqual(['Hello ', 'big  ', 'world']);
  });

  it('A character of several code points is not divided', () => {
    expect(cutIntoPieces('👨‍👩‍👧‍👦')).toEqual(['👨‍👩‍👧‍👦']);
  });
});
