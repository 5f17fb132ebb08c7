/** The steps of a scenario in three windows of one browser. */
import fc from 'fast-check';
import type { Fault, Visitor } from './isolation-steps.js';

export type WindowStep = { readonly window?: number } & (
  | { readonly do: 'log-in'; readonly as: Visitor }
  /** The cookie ends, and no chat is notified. */
  | { readonly do: 'log-out' }
  /** The page calls `signOut()`, whether or not the cookie ends. */
  | { readonly do: 'sign-out' }
  | { readonly do: 'focus' | 'show' | 'hide' }
  /** The visitor sends a message. */
  | { readonly do: 'send' }
  | { readonly do: 'fault'; readonly fault: Fault | 'hang' }
  | { readonly do: 'recover' }
  | { readonly do: 'pass'; readonly ms: number }
);

const window = fc.integer({ min: 0, max: 2 });
const inWindow = (...actions: readonly ('focus' | 'show' | 'hide' | 'send' | 'sign-out')[]): fc.Arbitrary<WindowStep> =>
  fc.tuple(window, fc.constantFrom(...actions)).map(([window, action]) => ({ do: action, window }));
const of = (weight: number, arbitrary: fc.Arbitrary<WindowStep>): fc.WeightedArbitrary<WindowStep> => ({ weight, arbitrary });

export const anyWindowStep: fc.Arbitrary<WindowStep> = fc.oneof(
  of(4, fc.constantFrom<WindowStep>({ do: 'log-in', as: 'alice' }, { do: 'log-in', as: 'bob' }, { do: 'log-out' })),
  of(4, inWindow('focus')),
  of(5, inWindow('send')),
  of(2, inWindow('show', 'hide')),
  of(1, inWindow('sign-out')),
  of(
    6,
    fc.constantFrom(0, 100, 600, 2_000, 2_600, 12_000, 29_000, 31_000, 120_000, 1_900_000).map((ms): WindowStep => ({ do: 'pass', ms })),
  ),
  of(
    2,
    fc.constantFrom<Fault | 'hang'>('down', 'busy', 'nonsense', 'gone', 'hang').map((fault): WindowStep => ({ do: 'fault', fault })),
  ),
  of(2, fc.constant<WindowStep>({ do: 'recover' })),
);
