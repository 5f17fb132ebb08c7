/** Client addresses in a header that a proxy or a visitor has set. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNetworkKey } from '../../../src/server/rate-limit/client-address.js';
import { runs } from '../../support/runs.js';
import { arrange, tokenRequest } from '../../unit/server/arrange.js';

const address = fc.oneof(fc.ipV4(), fc.ipV6());
const withPort = fc
  .tuple(
    fc.oneof(
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
    ),
    fc.nat(65_535),
  )
  .map(([ip, port]) => `${ip}:${port}`);

describe('L1: client address', () => {
  it('An address has one network key, with or without a port', () => {
    fc.assert(
      fc.property(fc.oneof(address, withPort), (text) => {
        expect(toNetworkKey(text)).toMatch(/^[\da-f.:]+$/);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('A list of several addresses has no network key, whatever separates them', () => {
    const separator = fc.constantFrom(',', ', ', ' ', ';', '; ', '\t', ' , ', '|', '/', '\n', ',,');
    const lists = fc
      .array(fc.tuple(fc.oneof(address, withPort, fc.constantFrom('unknown', '', '_x')), separator), { minLength: 1, maxLength: 5 })
      .chain((parts) => address.map((last) => parts.map(([one, between]) => one + between).join('') + last))
      .filter((text) => text.trim() !== text.trim().replace(/[\s,;|/]/g, ''));
    fc.assert(
      fc.property(lists, (text) => {
        expect(toNetworkKey(text)).toBeUndefined();
      }),
      { numRuns: runs(1000) },
    );
  });

  it('A forged address in front of the real one opens no new limit, and causes one warning', async () => {
    const { endpoint, events } = arrange({
      rateLimit: {
        perAddress: { requests: 1, perSeconds: 60 },
        clientAddress: (request: Request) => request.headers.get('x-forwarded-for'),
      },
    });
    for (let made = 0; made < 5; made += 1) {
      await endpoint(tokenRequest({ headers: { 'x-forwarded-for': `203.0.113.${made}, 192.0.2.1` } }));
    }
    expect(events.filter(({ type }) => type === 'warning')).toEqual([expect.objectContaining({ code: 'client_address_invalid' })]);
  });
});
