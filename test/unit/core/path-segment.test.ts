import { expect, it } from 'vitest';
import { toPathSegment, toQueryValue } from '../../../src/core/path-segment.js';

it.each([
  ['7500000000000000000', '7500000000000000000'],
  ['a/b?c=d&e', 'a%2Fb%3Fc%3Dd%26e'],
  ['..', '%252E%252E'],
  ['🦜', '%F0%9F%A6%9C'],
  ['half \ud83e of a parrot', 'half%20%EF%BF%BD%20of%20a%20parrot'],
  ['\udd9c', '%EF%BF%BD'],
])('The id %j is encoded for a path', (id, encoded) => {
  expect(toPathSegment(id)).toBe(encoded);
});

it.each([
  ['..', '..'],
  ['a/b?c=d&e', 'a%2Fb%3Fc%3Dd%26e'],
  ['half \ud83e of a parrot', 'half%20%EF%BF%BD%20of%20a%20parrot'],
])('The id %j is encoded for a query', (id, encoded) => {
  expect(toQueryValue(id)).toBe(encoded);
});
