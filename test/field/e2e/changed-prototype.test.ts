/** B16: a script of the page, often an old library, has added an enumerable property to `Object.prototype`. */
import { expect, test } from 'vitest';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

test.each([
  ['a method', 'Object.prototype.extend = function () { return this; };'],
  ['a text', "Object.prototype.vendor = 'legacy';"],
  ['an object', "Object.prototype.plugins = { attribute: 'x' };"],
])('The chat works after %s was added to Object.prototype', async (_, content) => {
  const context = await world.newContext();
  // Only in the page: the frame has a prototype of its own.
  await context.addInitScript({ content: `if (window === top) { ${content} }` });
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'inline', theme: 'dark' }, context });
  const chat = page.chat();
  await chat.ask('is it still there?');
  expect(await chat.status()).toBe('ready');
});
