import type { Identify } from './identity.js';

/** Tells at the start, before anybody has come, whether visitors can be made up. */
const MAKES_VISITORS = Symbol('makes visitors');

/** Marks an `identify` that makes up a visitor for whoever shows no evidence of one. */
export function makesVisitors<Context>(identify: Identify<Context>): Identify<Context> {
  return Object.assign(identify, { [MAKES_VISITORS]: true });
}

export function isVisitorMaker(identify: Identify<never>): boolean {
  return Object.hasOwn(identify, MAKES_VISITORS);
}
