import type { Identify } from './identity.js';

/**
 * Asks several strategies in turn; the first that knows somebody, or refuses what it was shown, decides. A bad proof never makes anybody anonymous.
 *
 * @example identify: firstIdentityOf(mySession, verifyIdentityToken({ … }), anonymousVisitor({ … }))
 */
export function firstIdentityOf<Context = unknown>(...strategies: readonly Identify<Context>[]): Identify<Context> {
  return async function firstIdentity(request, claims, context) {
    for (const identify of strategies) {
      const answer = await identify(request, claims, context);
      if (answer !== null) return answer;
    }
    return null;
  };
}
