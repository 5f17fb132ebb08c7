/** Unused methods are removed from the bundle, or the build fails and names those that it has not found. */
import { describe, expect, it } from 'vitest';
import { withoutMethods } from '../../../src/build/without-methods.js';

describe('withoutMethods', () => {
  const code = 'class A { one() { return 1; } async two() {} three() {} } class B { one() {} }';

  it('withoutMethods() removes only the named methods of the named class', () => {
    expect(withoutMethods(code, { A: ['one', 'two'] }, 'lib.js').replaceAll(/\s+/g, ' ')).toBe(
      'class A { three() {} } class B { one() {} }',
    );
  });

  it('withoutMethods() keeps the rest of a class working', () => {
    const rest = withoutMethods(
      'class A { constructor() { this.x = 1; } one() {} static two = 2; get three() { return this.x; } }',
      { A: ['one'] },
      'lib.js',
    );
    expect(new Function(`${rest} return [new A().three, A.two, new A().one];`)()).toEqual([1, 2, undefined]);
  });

  it.each([[{ A: ['four'] }], [{ C: ['one'] }]])(
    'withoutMethods() throws for methods that do not exist, and names them and the source (%j)',
    (methods) => {
      expect(() => withoutMethods(code, methods as never, 'lib.js')).toThrow(/^lib\.js no longer has (A\.four|C\.one)/);
    },
  );
});
