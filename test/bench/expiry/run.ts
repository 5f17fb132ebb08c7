/** One chat under one set of conditions, with servers and a browser of its own. */
import type { TokenRefusal } from '../../../demo/coze-stand-in/index.js';
import { World } from '../../e2e/support/world.js';
import { seededRandom } from '../seeded-random.js';
import { type ChatFigures, chatFor } from './chatting.js';
import { type Contender, contenders, TOKEN_PATH } from './contenders.js';

export interface Conditions {
  readonly SECONDS: number;
  readonly TOKEN_SECONDS: number;
  /** Share of the token requests that get a 503. */
  readonly faultShare: number;
}

export interface Run extends ChatFigures {
  readonly contender: Contender;
  readonly expiredOnChat: TokenRefusal;
  /** Requests with an expired token that reached the API. */
  readonly expiredRequests: number;
  readonly tokenCalls: number;
  readonly failedTokenCalls: number;
}

/** The endpoint only fails after the chat has started. */
export async function run(contender: Contender, expiredOnChat: TokenRefusal, conditions: Conditions): Promise<Run> {
  const { SECONDS: seconds, TOKEN_SECONDS: tokenSeconds, faultShare } = conditions;
  const world = await World.create();
  try {
    world.coze.setFaults({ maxTokenLifeSeconds: tokenSeconds, expiredOnChat });
    const chat = await contenders[contender](world);
    await chat.input.waitFor();
    const random = seededRandom('token endpoint');
    let tokenCalls = 0;
    let failedTokenCalls = 0;
    await chat.page.route(`**${TOKEN_PATH}`, (route) => {
      tokenCalls++;
      if (random() >= faultShare) return route.continue();
      failedTokenCalls++;
      return route.fulfill({ status: 503, json: { error: 'upstream_unavailable' } });
    });
    const figures = await chatFor(chat, seconds * 1000, 'visitor');
    const expiredRequests = world.coze.requests.filter(({ token }) => token === 'expired').length;
    return { contender, expiredOnChat, ...figures, expiredRequests, tokenCalls, failedTokenCalls };
  } finally {
    await world.close();
  }
}
