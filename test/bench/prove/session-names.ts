import { hashedSessionName } from '../../../src/server/identity/session-name.js';
import { type Claim, inBatches, pick } from './claim.js';

interface Person {
  readonly namespace: string;
  readonly tenant: string;
  readonly id: string;
}

/** Few and confusing pieces, so that identities are similar: separators, quotes, escapes, case, composition, look-alikes. */
const pieces = [
  'a',
  'A',
  'b',
  ':',
  '"',
  '","',
  '\\',
  '\\"',
  ' ',
  '\0',
  '0',
  'é',
  'e\u0301',
  'K',
  '\u212a',
  '\u200d',
  '\u202e',
  '界',
  '[',
  ']',
  ',',
];

function text(random: () => number): string {
  return Array.from({ length: Math.floor(random() * 4) }, () => pick(random, pieces)).join('');
}

function isSame(one: Person, other: Person): boolean {
  return one.namespace === other.namespace && one.tenant === other.tenant && one.id === other.id;
}

/** In every second pair a piece moves from the end of one part to the beginning of the next. */
function neighbourOf({ namespace, tenant, id }: Person, random: () => number): Person {
  if (random() < 0.5) return { namespace: text(random), tenant: text(random), id: text(random) };
  const piece = pick(random, pieces);
  return { namespace: namespace + piece, tenant: tenant.replace(piece, ''), id };
}

export const sessionNames: Claim = {
  claim: 'two people have one session name exactly if they are one person',
  times: 1_000_000,
  check: async (times, random, refute) => {
    let same = 0;
    await inBatches(times, async () => {
      const one = { namespace: text(random), tenant: text(random), id: text(random) };
      const other = neighbourOf(one, random);
      const [name, otherName] = await Promise.all([one, other].map((person) => hashedSessionName(person.namespace)(person)));
      if ((name === otherName) !== isSame(one, other)) refute(`${JSON.stringify(one)} and ${JSON.stringify(other)}`);
      if (name === otherName) same += 1;
    });
    return { pairsOfOnePerson: same };
  },
};
