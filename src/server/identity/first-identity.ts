import type { Identify } from './identity.js';
import { isVisitorMaker, markVisitorMaker } from './visitor-maker.js';

/**
 * Asks several strategies in turn. The first that does not return `null` decides, even if it rejects the evidence: invalid evidence never makes a
 * visitor anonymous.
 *
 * @param strategies in the order in which they are asked
 * @returns an `identify` for `createTokenEndpoint`
 * @example
 * identify: firstIdentityOf(mySession, verifyIdentityToken({ … }), anonymousVisitor({ … }))
 */
export function firstIdentityOf<Context = unknown>(...strategies: readonly Identify<Context>[]): Identify<Context> {
  const firstIdentity: Identify<Context> = async (request, claims, context) => {
    for (const identify of strategies) {
      const result = await identify(request, claims, context);
      if (result !== null) return result;
    }
    return null;
  };
  return strategies.some(isVisitorMaker) ? markVisitorMaker(firstIdentity) : firstIdentity;
}
