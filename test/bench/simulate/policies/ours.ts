/** The token source that this package ships, unchanged. */
import { fail, succeed } from '../../../../src/core/result.js';
import { AccessTokenSource } from '../../../../src/token/source/access-token-source.js';
import { unavailable } from '../../../../src/token/token-failure.js';
import type { PolicyFactory } from '../policy.js';

export const ours: PolicyFactory = ({ clock, timers, endpoint, random }) => {
  const source = new AccessTokenSource({
    request: async () => {
      const token = await endpoint.request();
      return token === undefined ? fail(unavailable('The token endpoint is down.')) : succeed({ ...token, subject: 'visitor' });
    },
    onUpdate: () => {},
    clock,
    timers,
    random,
    isVisible: () => true,
    isOnline: () => true,
  });
  return {
    start: () => source.start(),
    beforeSend: async () => (await source.getToken()) || undefined,
    afterRefusal: async (refused) => (await source.refreshAfterRejection(refused)) || undefined,
    stop: () => source.dispose(),
  };
};
