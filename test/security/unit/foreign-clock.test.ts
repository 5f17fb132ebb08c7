/** Other clocks that are wrong: a proxy's, a cache's, or the host's own until it is corrected. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from '../../../src/core/http-date.js';
import { runs } from '../../support/runs.js';
import { arrange, json, NOW_MS, NOW_SECONDS, tokenRequest } from '../../unit/server/arrange.js';
import { type CozeBehaviour, cozeErrorAnswer, cozeTokenAnswer } from '../../unit/server/coze/fake-coze.js';

const toDate = (seconds: number): string => new Date(seconds * 1000).toUTCString();

/** The clocks during one request; all offsets are relative to Coze's time. */
interface Moment {
  readonly hostOffset: number;
  /** `undefined`: no `date` header. */
  readonly dateOffset: number | undefined;
  readonly isKeyKnown: boolean;
}

/** Coze's time stands still, so that each moment has exactly these offsets. */
function arrangeMoments(durationSeconds = 3600) {
  let moment: Moment = { hostOffset: 0, dateOffset: 0, isKeyKnown: true };
  const coze: CozeBehaviour = ({ claims, body }) => {
    const headers: Record<string, string> = moment.dateOffset === undefined ? {} : { date: toDate(NOW_SECONDS + moment.dateOffset) };
    const isInTime = Number(claims.iat) <= NOW_SECONDS + 5 && Number(claims.exp) > NOW_SECONDS;
    return isInTime && moment.isKeyKnown
      ? cozeTokenAnswer('czs_token_1', NOW_SECONDS + Number(body['duration_seconds']), headers)
      : cozeErrorAnswer(401, 'invalid_client', 'refused', headers);
  };
  const arranged = arrange({ coze, durationSeconds, now: () => NOW_MS + moment.hostOffset * 1000, rateLimit: false });
  return {
    ...arranged,
    async askIn(next: Moment) {
      moment = next;
      const before = arranged.coze.seen.length;
      const response = await arranged.endpoint(tokenRequest());
      return {
        status: response.status,
        body: await json(response),
        headers: response.headers,
        attempts: arranged.coze.seen.length - before,
      };
    },
  };
}

const RIGHT = { hostOffset: 0, dateOffset: 0, isKeyKnown: true };

describe('M8: foreign clock', () => {
  it.each([
    ['two minutes fast', 120],
    ['ten minutes slow', -600],
    ['an hour fast', 3600],
    ['a day slow', -86_400],
  ])('A foreign clock that is %s is not used after an error that had another cause', async (_case, dateOffset) => {
    const { askIn, events } = arrangeMoments();
    expect((await askIn({ ...RIGHT, dateOffset, isKeyKnown: false })).status).toBe(500);
    expect(await askIn({ ...RIGHT, dateOffset })).toMatchObject({ status: 200, attempts: 1 });
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  it('A correction that no longer helps is given up, and the host’s own time is tried next', async () => {
    const { askIn, events, coze } = arrangeMoments();
    const slow = { ...RIGHT, hostOffset: -1800 };
    expect(await askIn(slow)).toMatchObject({ status: 200, attempts: 2 });
    expect(await askIn(slow)).toMatchObject({ status: 200, attempts: 1 });
    // The host's clock has been corrected; the response's `date` is still arbitrary.
    expect(await askIn({ ...RIGHT, dateOffset: 1800 })).toMatchObject({ status: 200, attempts: 2 });
    expect(coze.seen.at(-1)?.claims.iat).toBe(NOW_SECONDS - 30);
    expect(await askIn(RIGHT)).toMatchObject({ status: 200, attempts: 1 });
    const warnings = events.filter(({ type }) => type === 'warning');
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'clock_corrected', message: expect.stringContaining('1800 s behind') }),
      expect.objectContaining({ code: 'clock_corrected', message: expect.stringContaining('own time again') }),
    ]);
  });

  it('A request succeeds in any order of events if the host’s clock or the Date header is right', async () => {
    const offset = fc.oneof(fc.constantFrom(0, 0, 120, -600, 3600), fc.integer({ min: -172_800, max: 172_800 }));
    const moment = fc.record({
      hostOffset: offset,
      dateOffset: fc.option(offset, { nil: undefined }),
      isKeyKnown: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(moment, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(900, 3600, 86_399),
        async (moments, durationSeconds) => {
          const { askIn } = arrangeMoments(durationSeconds);
          for (const next of moments) {
            const { status, body, headers, attempts } = await askIn(next);
            expect(attempts).toBeLessThanOrEqual(3);
            if (!next.isKeyKnown) expect(status).toBe(500);
            else if (next.hostOffset === 0 || next.dateOffset === 0) expect(status).toBe(200);
            if (status !== 200) continue;
            const lifetime = Number(body['expires_in']);
            expect(lifetime).toBeGreaterThan(0);
            expect(lifetime).toBeLessThanOrEqual(durationSeconds);
            // The element uses the shorter of the two lifetimes.
            expect(Number(body['expires_at']) - Date.parse(headers.get('date') ?? '') / 1000).toBe(lifetime);
          }
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it.each([
    '0',
    '7',
    '2026',
    'Sun, 23 Nov 2025',
    '2025-11-23T13:00:00Z',
    'Sun, 23 Nov 2025 13:00:00 +0000',
    'Mon, 23 Nov 2025 13:00:00 GMT',
  ])('A time is not read from %j, which is no HTTP date', async (date) => {
    const { endpoint, coze } = arrange({ coze: () => cozeErrorAnswer(401, 'invalid_client', '', { date }) });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect(coze.seen).toHaveLength(1);
  });
});

describe('M8: lifetime of a token', () => {
  it.each<[string, number | undefined, number, number]>([
    ['own clock and Date agree', 0, 3600, 3600],
    ['there is no Date', undefined, 3600, 3600],
    ['Date is ten minutes slow', -600, 3600, 3600],
    ['Date is two minutes fast', 120, 3600, 3480],
    ['Date is so fast that the token would have expired', 3700, 3600, 3600],
    ['Date is so fast that Coze would have rejected the assertion', 3590, 3600, 3600],
    ['Date is slow and Coze grants a shorter lifetime than requested', -600, 1800, 1800],
    ['Coze grants a longer lifetime than requested', 0, 7200, 3600],
  ])('The lifetime of a token is right when %s', async (_case, dateOffset, granted, expected) => {
    const headers: Record<string, string> = dateOffset === undefined ? {} : { date: toDate(NOW_SECONDS + dateOffset) };
    const { endpoint } = arrange({ coze: () => cozeTokenAnswer('czs_token_1', NOW_SECONDS + granted, headers) });
    expect(await json(await endpoint(tokenRequest()))).toMatchObject({ expires_in: expected });
  });

  it('The lifetime of a token is not longer than requested if Coze grants a duration', async () => {
    const { endpoint } = arrange({ coze: () => cozeTokenAnswer('czs_token_1', 7200), durationSeconds: 900 });
    expect(await json(await endpoint(tokenRequest()))).toMatchObject({ expires_in: 900 });
  });
});

describe('M8: HTTP date', () => {
  const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const instants = fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) / 1000 }).map((seconds) => seconds * 1000);

  it('An HTTP date is parsed in each of its three forms', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const fixdate = new Date(instant).toUTCString();
        const [, day = '', month = '', year = '', time = ''] = /^\w+, (\d\d) (\w+) (\d+) (\S+) GMT$/.exec(fixdate) ?? [];
        const weekday = DAYS[new Date(instant).getUTCDay()] ?? '';
        const forms = [
          fixdate,
          `${weekday}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
          `${weekday.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
        ];
        expect(forms.map(parseHttpDate)).toEqual([instant, instant, instant]);
      }),
    );
  });

  it('A text that is no HTTP date is not parsed', () => {
    const nearly = fc.oneof(
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer().map(String),
      instants.map((instant) => String(new Date(instant))),
      fc.tuple(instants, fc.string({ minLength: 1, maxLength: 3 })).map(([instant, more]) => `${new Date(instant).toUTCString()}${more}`),
    );
    fc.assert(
      fc.property(nearly, (text) => {
        expect(parseHttpDate(text)).toBeUndefined();
      }),
      { numRuns: runs(1000) },
    );
  });
});
