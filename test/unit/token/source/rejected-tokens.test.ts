import { expect, it } from 'vitest';
import { RejectedTokens } from '../../../../src/token/source/rejected-tokens.js';

it('The last eight rejected tokens are known, each counted once', () => {
  const refused = new RejectedTokens();
  for (const value of ['1', '2', '3', '4', '5', '6', '7', '8', '8', '2']) refused.add(value);
  expect(refused.has('1')).toBe(true);
  refused.add('9');
  expect([refused.has('1'), refused.has('2'), refused.has('9')]).toEqual([false, true, true]);
});

it('A rejected token is unknown after clear()', () => {
  const refused = new RejectedTokens();
  refused.add('1');
  refused.clear();
  expect(refused.has('1')).toBe(false);
});
