import { expect, test } from 'vitest';
import { greetingFor } from '../../../../../src/frame/app/answers/greeting.js';

test.each([
  ['Hello {{user_name}}!', 'Hello!'],
  ['Hello, {{user_name}}!', 'Hello!'],
  ['Hello {{user_name}}, what can we do for you?', 'Hello, what can we do for you?'],
  ['Hello **{{user_name}}**!', 'Hello!'],
  ['Bonjour {{user_name}} !', 'Bonjour !'],
  ['你好，{{user_name}}！', '你好！'],
  ['مرحبا، {{user_name}}!', 'مرحبا!'],
  ['{{user_name}}, welcome!', 'Welcome!'],
  ['Hi.\n{{user_name}}: what is it?', 'Hi.\nWhat is it?'],
  ['# {{user_name}}, élan', '# Élan'],
  ['Hello!', 'Hello!'],
])('The greeting %j becomes %j for a visitor without a name', (greeting, expected) => {
  expect(greetingFor(greeting, ' ')).toBe(expected);
});

test('A greeting for a visitor with a name is left unchanged for the SDK', () => {
  expect(greetingFor('Hello {{user_name}}!', 'Alice')).toBe('Hello {{user_name}}!');
});
