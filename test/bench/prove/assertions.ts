import { decodeJwt } from 'jose';
import { createExchange } from '../../../src/server/coze/exchange.js';
import { createOAuthApp } from '../../../src/server/coze/oauth-app.js';
import { parseOptions } from '../../../src/server/options.js';
import { quickApp } from '../../unit/server/arrange.js';
import { cozeTokenAnswer } from '../../unit/server/coze/fake-coze.js';
import { type Claim, inBatches } from './claim.js';

/** Every fourth response of Coze is an error that justifies a second attempt, which must not repeat the first assertion. */
export const assertions: Claim = {
  claim: 'no assertion has a jti that an earlier one had, second attempts included',
  times: 1_000_000,
  check: async (times, _random, refute) => {
    const seen = new Set<string>();
    let sent = 0;
    const settings = parseOptions({
      oauth: quickApp,
      identify: () => null,
      fetch: (_input, init) => {
        sent += 1;
        const jti = String(decodeJwt(new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '').jti);
        if (seen.has(jti)) refute(`two assertions have the jti ${jti}`);
        seen.add(jti);
        const expiresAt = Math.floor(Date.now() / 1000) + 3600;
        return Promise.resolve(sent % 4 === 0 ? new Response('', { status: 500 }) : cozeTokenAnswer('czs_alice_token', expiresAt));
      },
    });
    const exchange = createExchange(createOAuthApp(settings.oauth), { ...settings, warn: () => undefined });
    let exchanges = 0;
    while (sent < times) {
      await inBatches(1000, async () => {
        await exchange({ sessionName: 'alice', bypassCache: true }, new AbortController().signal);
      });
      exchanges += 1000;
    }
    return { exchanges, assertions: sent };
  },
};
