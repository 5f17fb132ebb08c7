/** The package where there is no DOM: Node's own environment, in which this file runs. */
import { expect, it } from 'vitest';
import * as withoutDom from '../../../src/ssr.js';

it('the import registers nothing and leaves the globals alone', () => {
  withoutDom.defineCozeChat();
  expect('customElements' in globalThis).toBe(false);
  expect('HTMLElement' in globalThis).toBe(false);
});

it('says why there is no element', () => {
  expect(() => new withoutDom.CozeChatElement()).toThrow('only be made in a browser');
});
