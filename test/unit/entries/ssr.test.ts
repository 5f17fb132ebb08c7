/** The package without a DOM: this file runs in Vitest's `node` environment. */
import { expect, it, vi } from 'vitest';
import * as withoutDom from '../../../src/ssr.js';

it('the import registers nothing and leaves the globals alone', async () => {
  vi.resetModules();
  const before = Object.getOwnPropertyNames(globalThis);
  const { defineCozeChat } = await import('../../../src/ssr.js');
  defineCozeChat();
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
});

it('says why there is no element', () => {
  expect(() => new withoutDom.CozeChatElement()).toThrow('only be made in a browser');
});
