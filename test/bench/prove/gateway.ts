/** Claims about the gateway: who owns a conversation, and which requests reach the API. */
import { fuzzGateway } from '../../support/gateway-fuzz.js';
import { checkOwnership } from '../../support/gateway-ownership.js';
import type { Claim } from './claim.js';

export const gatewayOwnership: Claim = {
  claim:
    'no byte of a visitor reaches another one who tries their ids through the gateway, before Coze and before Coze Studio, with faults on the way',
  times: 100_000,
  check: async (times, random, refute) => {
    const half = Math.ceil(times / 2);
    const coze = await checkOwnership({ api: 'coze', times: half, random, refute });
    const studio = await checkOwnership({ api: 'studio', times: half, random, refute });
    return { coze, studio };
  },
};

export const gatewayList: Claim = {
  claim:
    'whatever is sent to the gateway, only what is on its list reaches the API, in the form that the list gives it, and no secret comes out',
  times: 1_000_000,
  check: (times, random, refute) => fuzzGateway({ times, random, refute }),
};
