import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../demo/coze-stand-in/bot/command.js';
import { cutIntoPieces } from '../../../demo/coze-stand-in/bot/pieces.js';
import { composeReply } from '../../../demo/coze-stand-in/bot/reply.js';
import type { Reply } from '../../../demo/coze-stand-in/bot/reply-parts.js';

const ORIGIN = 'http://coze.test';
const reply = (text: string, earlierQuestions: readonly string[] = []): Reply =>
  composeReply({ text, attachments: [], earlierQuestions, variables: {} }, ORIGIN);

describe('a command', () => {
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
  ])('is recognised in %j', (text, command) => {
    expect(readCommand(text)).toBe(command);
  });

  it.each(['I bought a table', 'the code is 42', 'list of things', '', '   ', 'this failed', '表格里有什么'])(
    'is not seen in %j',
    (text) => {
      expect(readCommand(text)).toBeUndefined();
    },
  );
});

describe('the bot', () => {
  it('echoes and offers two or three ways to go on', () => {
    expect(reply('The sky is blue').text).toBe('You said: The sky is blue');
    for (const text of ['hello', 'help', 'table', 'anything', 'markdown', 'slow', '你好']) {
      expect(reply(text).suggestions.length).toBeGreaterThanOrEqual(2);
      expect(reply(text).suggestions.length).toBeLessThanOrEqual(3);
    }
  });

  it('answers Chinese in Chinese', () => {
    expect(reply('天是蓝的').text).toBe('你说：天是蓝的');
    expect(reply('我说过什么？', ['天是蓝的']).text).toBe('你在这个会话里说过：\n\n1. 天是蓝的');
  });

  it('does not offer what was just asked for', () => {
    expect(reply('Show me a picture').suggestions).toEqual(['Show me a list', 'What did I say?']);
  });

  it('offers only what it understands itself', () => {
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
  ])('shows Markdown for "%s"', (word, pattern) => {
    expect(reply(word).text).toMatch(pattern);
    expect(reply('markdown').text).toMatch(pattern);
  });

  it.each(['表格', '列表', '任务', '图片', '链接', '给我看 markdown'])('shows nothing in English for "%s"', (word) => {
    expect(reply(word).text).toMatch(/\p{Script=Han}/u);
    expect(reply(word).text).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/i);
  });

  it('gives a long answer when asked', () => {
    expect(reply('long').text.length).toBeGreaterThan(1_500);
  });

  it('takes its time when asked', () => {
    expect(reply('slow').extraDelayMs).toEqual({ beforeAnswer: 3_000, betweenWords: 300 });
    expect(reply('hello').extraDelayMs).toEqual({ beforeAnswer: 0, betweenWords: 0 });
  });

  it('describes every file it gets, and what was said with it', () => {
    const attachments = [
      { name: 'cat.png', mediaType: 'image/png', bytes: 1200 },
      { name: 'notes', mediaType: '', bytes: 3 },
    ];
    expect(composeReply({ text: 'look', attachments, earlierQuestions: [], variables: {} }, ORIGIN).text).toBe(
      'I received **cat.png**: image/png, 1200 bytes.\n\nI received **notes**: unknown type, 3 bytes.\n\nYou said: look',
    );
  });
});

describe('the pieces of an answer', () => {
  it.each(['Hello big world', '你好，世界！', 'a  b\n\nc', '  leading', 'family: 👨‍👩‍👧‍👦 ok', '', '| a | b |\n| - | - |'])(
    'join to the answer: %j',
    (text) => {
      expect(cutIntoPieces(text).join('')).toBe(text);
    },
  );

  it('are words with the blanks after them', () => {
    expect(cutIntoPieces('Hello big  world')).toEqual(['Hello ', 'big  ', 'world']);
  });

  it('never cut a character in two', () => {
    expect(cutIntoPieces('👨‍👩‍👧‍👦')).toEqual(['👨‍👩‍👧‍👦']);
  });
});
