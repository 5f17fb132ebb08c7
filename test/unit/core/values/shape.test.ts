import { describe, expect, it } from 'vitest';
import {
  anything,
  check,
  choice,
  list,
  members,
  named,
  optional,
  refuse,
  text,
  textUpTo,
  withDefault,
} from '../../../../src/core/values/shape.js';

const visitor = members({ name: text, age: optional(anything), tags: withDefault(list(text, 'must be a list'), []) }, 'must be an object');
function objectionTo(value: unknown, shape: (value: unknown) => unknown = visitor): string | undefined {
  const checked = check(shape, value);
  return checked.ok ? undefined : [...checked.error.path, checked.error.message].join(' ');
}

describe('A value from outside', () => {
  it('A valid value is returned with its defaults and without unknown members', () => {
    expect(check(visitor, { name: 'Ann', age: 5, other: true })).toEqual({ ok: true, value: { name: 'Ann', age: 5, tags: [] } });
  });

  it('A value has no member that a script has put on every object', () => {
    Object.defineProperty(Object.prototype, 'name', { value: 'Eve', configurable: true });
    try {
      expect(objectionTo({ age: 5 })).toBe('name must be text');
      const checked = check(members({ name: optional(text) }, 'must be an object'), { age: 5 });
      expect(checked.ok && checked.value.name).toBeUndefined();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'name');
    }
  });

  it('An absent optional member is left out, so that it does not hide a default', () => {
    const checked = check(visitor, { name: 'Ann', age: undefined });
    expect(checked.ok && Object.keys(checked.value)).toEqual(['name', 'tags']);
  });

  it.each([
    [null, 'must be an object'],
    [[], 'must be an object'],
    ['Ann', 'must be an object'],
    [{}, 'name must be text'],
    [{ name: 5, tags: 5 }, 'name must be text'],
    [{ name: 'Ann', tags: 'a' }, 'tags must be a list'],
    [{ name: 'Ann', tags: ['a', 5, 6] }, 'tags 1 must be text'],
  ])('The value %o is refused with the first problem and its path: %s', (value, sentence) => {
    expect(objectionTo(value)).toBe(sentence);
  });

  it('A value can be one of several texts, or a text up to a length', () => {
    expect(objectionTo('b', choice(['a', 'b'], 'must be a or b'))).toBeUndefined();
    expect(objectionTo('c', choice(['a', 'b'], 'must be a or b'))).toBe('must be a or b');
    expect(objectionTo('abc', textUpTo(3))).toBeUndefined();
    expect(objectionTo('abcd', textUpTo(3))).toBe('is longer than 3 characters');
  });

  it('A value can have any names, but not a class and not another prototype', () => {
    const ages = named(text, 'must be an object of texts');
    expect(check(ages, JSON.parse('{"ann":"5","__proto__":{"admin":"yes"}}'))).toEqual({ ok: true, value: { ann: '5' } });
    expect(objectionTo({ ann: '5', bob: 6 }, ages)).toBe('bob must be text');
    for (const other of [new Map(), new Date(), [], null]) expect(objectionTo(other, ages)).toBe('must be an object of texts');
  });

  it('A value whose own code throws is an exception, not an invalid value', () => {
    const trap = {
      get name(): string {
        throw new RangeError('no');
      },
    };
    expect(() => check(visitor, trap)).toThrow(RangeError);
    expect(objectionTo(1, () => refuse('is one'))).toBe('is one');
  });
});
