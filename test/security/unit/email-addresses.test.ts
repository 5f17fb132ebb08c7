import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EmailAddresses } from '../../../src/frame/app/sdk/overrides/email-addresses.js';

/** As it stands in `mdast-util-gfm-autolink-literal`. */
const searched = /([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)/g;

const markdown = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', '-', '_', '+', '@', ' ', '/', '字'), maxLength: 60 });

function find(finder: Pick<RegExp, 'exec' | 'lastIndex'>, text: string, from: number): unknown {
  finder.lastIndex = from;
  const found = finder.exec(text);
  return found === null ? null : { ...found, index: found.index, end: finder.lastIndex };
}

test('An address of e-mail is found where the expression of GFM finds it', () => {
  fc.assert(
    fc.property(markdown, fc.nat(60), (text, from) => {
      expect(find(new EmailAddresses(), text, from)).toEqual(find(searched, text, from));
    }),
    { numRuns: 5_000 },
  );
});

test('Where nothing is found, the next search begins at the start', () => {
  const finder = new EmailAddresses();
  finder.lastIndex = 5;
  expect(finder.exec('a@b.c')).toBeNull();
  expect(finder.exec('a@b.c')?.[0]).toBe('a@b.c');
});

test('Each character of a text is read a bounded number of times', () => {
  const counted = (text: string): number => {
    let reads = 0;
    const charAt = (position: number): string => ((reads += 1), text.charAt(position));
    const subject = Object.assign(new String(text), { charAt }) as unknown as string;
    const finder = new EmailAddresses();
    while (finder.exec(subject) !== null);
    return reads;
  };
  for (const unit of ['a', 'a.', '@', 'a@', 'a@b', '@b.', 'a@b.c ', 'a@b..']) {
    expect(counted(unit.repeat(20_000 / unit.length))).toBeLessThan(100 * 20_000);
  }
});
