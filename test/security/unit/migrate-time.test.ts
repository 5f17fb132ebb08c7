/** `migrate` reads any file in a site's folder: its time is at most linear in the file's length. */
import { expect, it } from 'vitest';
import { findPlaces } from '../../../src/cli/migrate/find-places.js';

const TARGET = { script: '/coze/webchatclient.js', tokenEndpoint: '' };

it.each([
  ['calls that are not closed', 'new WebChatClient({'],
  ['calls with options that are not closed', `new WebChatClient({${'a:1,'.repeat(50)}`],
  ['calls in TypeScript syntax that are not complete', `new (window as any)${'.x'.repeat(3)}`],
  ['casts that are not closed', `new (${'x'.repeat(110)} new window['`],
  ['calls with tokens', `new WebChatClient({auth:{token:"pat_${'a'.repeat(40)}"}});`],
  ['addresses', '<script src="//x/chat-app-sdk/1/libs/cn/index.js">flow-platform/chat-app-sdk '],
])(
  'A file that consists of %s is read in seconds',
  (_, piece) => {
    expect(findPlaces(piece.repeat(200_000 / piece.length), TARGET).length).toBeLessThan(5_000);
  },
  20_000,
);
