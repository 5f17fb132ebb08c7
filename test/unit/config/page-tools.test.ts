import { expect, it } from 'vitest';
import { defineTools } from '../../../src/config/page-tools.js';

it('defineTools() returns the tools unchanged', () => {
  const tools = { add: { parameters: { type: 'object' }, run: () => 'done' } };
  expect(defineTools(tools)).toBe(tools);
});
