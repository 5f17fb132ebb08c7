import { beforeAll, describe, expect, test } from 'vitest';

describe('a group', () => {
  test('passes', () => {});
  test('fails', () => expect(1).toBe(2));
});

describe('a group whose preparation fails', () => {
  beforeAll(() => {
    throw new Error('no preparation');
  });
  test('never runs', () => {});
});

test('passes, but leaves something behind', () => {
  setTimeout(() => {
    throw new Error('left behind');
  });
});
