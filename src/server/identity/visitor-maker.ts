import type { Identify } from './identity.js';

/** Marks an `identify` that may create visitors, so that a warning about it is possible when the server starts. */
const MAKES_VISITORS = Symbol('makes visitors');

/** Marks an `identify` that creates a visitor for a request without evidence of one. */
export function markVisitorMaker<Context>(identify: Identify<Context>): Identify<Context> {
  return Object.assign(identify, { [MAKES_VISITORS]: true });
}

export function isVisitorMaker(identify: Identify<never>): boolean {
  return Object.hasOwn(identify, MAKES_VISITORS);
}
