import { expect, it } from 'vitest';
import { namedPictures } from '../../../src/config/chat-options.js';

it('The pictures that options name are those of the assistant and behind the messages, as far as they are set', () => {
  expect(namedPictures({})).toEqual([]);
  expect(namedPictures({ assistant: {}, background: { image: 'https://a.example/b.png' } })).toEqual(['https://a.example/b.png']);
  expect(namedPictures({ assistant: { icon: 'https://a.example/i.png' } })).toEqual(['https://a.example/i.png']);
});
