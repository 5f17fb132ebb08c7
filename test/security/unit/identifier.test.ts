/** Values that cannot distinguish two visitors. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank } from '../../../src/core/values/blank.js';
import { parseIdentifier } from '../../../src/server/identity/identifier.js';
import { INVISIBLE } from '../../support/invisible.js';
import { runs } from '../../support/runs.js';
import { arrange, json, tokenRequest } from '../../unit/server/arrange.js';

const invisibleText = (minLength: number) =>
  fc.array(fc.constantFrom(...INVISIBLE), { minLength, maxLength: 20 }).map((parts) => parts.join(''));

const PLACEHOLDERS = ['undefined', 'null', 'None', 'nil', 'NaN', 'true', 'false', 'Infinity', '[object Object]', '[object Promise]'];

const inAnyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter.toLowerCase())).join(''));

describe('L11: identifier', () => {
  it('An id of invisible characters is blank, however many it has', () => {
    fc.assert(
      fc.property(invisibleText(1), (id) => {
        expect(parseIdentifier(id)).toEqual({ ok: false, error: 'blank' });
      }),
    );
  });

  it('An id is blank exactly when isBlank() says so', () => {
    fc.assert(
      fc.property(fc.oneof(invisibleText(0), fc.string({ unit: 'binary', maxLength: 8 })), (text) => {
        const result = parseIdentifier(text);
        expect(!result.ok && result.error === 'blank').toBe(isBlank(text));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('An id that is a printed empty value is a placeholder, in any case and with any invisible characters around it', () => {
    const placeholder = fc.tuple(invisibleText(0), fc.constantFrom(...PLACEHOLDERS).chain(inAnyCase), invisibleText(0));
    fc.assert(
      fc.property(placeholder, ([before, word, after]) => {
        expect(parseIdentifier(`${before}${word}${after}`)).toEqual({ ok: false, error: 'placeholder' });
      }),
      { numRuns: runs(1000) },
    );
  });

  it.each([
    '<nil>',
    '(null)',
    '"undefined"',
    "'null'",
    '{}',
    '[]',
    '""',
    '-Infinity',
    '<null>',
    '{{ user.id }}',
    '${user.id}',
    '<%= id %>',
  ])('The id %s, which a template or a language prints for an empty value, is a placeholder', (printed) => {
    expect(parseIdentifier(printed)).toEqual({ ok: false, error: 'placeholder' });
  });

  it('The nil UUID is a placeholder', () => {
    expect(parseIdentifier('00000000-0000-0000-0000-000000000000')).toEqual({ ok: false, error: 'placeholder' });
  });

  it.each(['0', 'nullius', 'true-7', 'Nonesuch', 'object 1', 'ali\u200dce', '用户', 'a b', 'x@example.com', '[alice]', '<7@mail.example>'])(
    'The text %j is a valid id',
    (id) => {
      expect(parseIdentifier(id)).toEqual({ ok: true, value: id });
    },
  );

  it.each(['\u200b', 'None', 'NIL', '[Object object]'])('The value %j gets no token, as an id and as a tenant', async (value) => {
    for (const identity of [{ id: value }, { id: 'alice', tenant: value }]) {
      const { endpoint, coze } = arrange({ identify: () => identity });
      const response = await endpoint(tokenRequest());
      expect([response.status, (await json(response))['error'], coze.seen.length]).toEqual([500, 'identity_error', 0]);
    }
  });
});
