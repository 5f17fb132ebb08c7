/** The package without a DOM: this file runs in Vitest's `node` environment. */
import { expect, it, vi } from 'vitest';
import * as withoutDom from '../../../src/ssr.js';

it('Importing the package without a DOM registers nothing and leaves the globals unchanged', async () => {
  vi.resetModules();
  const before = Object.getOwnPropertyNames(globalThis);
  const { defineCozeChat } = await import('../../../src/ssr.js');
  defineCozeChat();
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
});

it('The element without a DOM throws an error that names the reason', () => {
  expect(() => new withoutDom.CozeChatElement()).toThrow('only be made in a browser');
});
