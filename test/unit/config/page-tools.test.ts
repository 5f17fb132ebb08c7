import { expect, it } from 'vitest';
import { defineTools } from '../../../src/config/page-tools.js';

it('Tools are what they were before TypeScript was told of them.', () => {
  const tools = { add: { parameters: { type: 'object' }, run: () => 'done' } };
  expect(defineTools(tools)).toBe(tools);
});
