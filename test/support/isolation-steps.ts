/** The steps of a scenario of the isolation harness. */
import fc from 'fast-check';

export type Visitor = 'alice' | 'bob';
export type Fault = 'down' | 'busy' | 'nonsense' | 'gone';

export type Step =
  | { readonly do: 'log-in'; readonly as: Visitor }
  | { readonly do: 'log-out' }
  /** The SDK sends a request; Coze rejects the last token; Coze rejects a token that the SDK does not know. */
  | { readonly do: 'use' | 'refuse' | 'refuse-unknown' }
  /** A message is sent, and the bot calls a tool of the page. */
  | { readonly do: 'act' }
  /** Another conversation is opened. */
  | { readonly do: 'move' }
  | { readonly do: 'ready' }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number; readonly monotonicClock: 'stops' | 'runs' }
  | { readonly do: 'look'; readonly isVisible: boolean }
  | { readonly do: 'leave' }
  | { readonly do: 'network'; readonly isOnline: boolean }
  | { readonly do: 'fault'; readonly fault: Fault; readonly times: number }
  /** The endpoint repeats its last token. */
  | { readonly do: 'repeat' }
  | { readonly do: 'disconnect' | 'connect' | 'rebuild' | 'refresh' };

const HOUR_MS = 3_600_000;

const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>): fc.WeightedArbitrary<Step> => ({ weight, arbitrary });
const oneOf = (...steps: readonly Step[]): fc.Arbitrary<Step> => fc.constantFrom(...steps);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  weighted(4, oneOf({ do: 'log-in', as: 'alice' }, { do: 'log-in', as: 'bob' })),
  weighted(4, oneOf({ do: 'use' }, { do: 'refuse' })),
  weighted(2, oneOf({ do: 'move' })),
  weighted(3, oneOf({ do: 'act' })),
  weighted(
    4,
    fc.constantFrom(0, 600, 2_500, 5_000, 15_000, 60_000, 1_900_000).map((ms): Step => ({ do: 'pass', ms })),
  ),
  weighted(
    2,
    fc.constantFrom(-24 * HOUR_MS, -HOUR_MS, 2 * HOUR_MS).map((ms): Step => ({ do: 'jump', ms })),
  ),
  weighted(
    2,
    fc
      .tuple(fc.constantFrom(60_000, 8 * HOUR_MS), fc.constantFrom('stops', 'runs'))
      .map(([ms, monotonicClock]): Step => ({ do: 'sleep', ms, monotonicClock })),
  ),
  weighted(2, oneOf({ do: 'look', isVisible: false }, { do: 'look', isVisible: true })),
  weighted(
    2,
    fc
      .tuple(fc.constantFrom<Fault>('down', 'busy', 'nonsense', 'gone'), fc.integer({ min: 1, max: 3 }))
      .map(([fault, times]): Step => ({ do: 'fault', fault, times })),
  ),
  weighted(
    9,
    oneOf(
      { do: 'log-out' },
      { do: 'refuse-unknown' },
      { do: 'ready' },
      { do: 'leave' },
      { do: 'network', isOnline: false },
      { do: 'network', isOnline: true },
      { do: 'repeat' },
      { do: 'disconnect' },
      { do: 'connect' },
      { do: 'rebuild' },
      { do: 'refresh' },
    ),
  ),
);
