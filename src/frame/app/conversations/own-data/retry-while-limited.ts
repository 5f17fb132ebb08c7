/** Runs the requests of a long series, whose rate Coze or a gateway may limit. */
import { delay, type Timers } from '../../../../core/clock.js';
import { ConversationError } from '../conversation-error.js';

/** Together longer than the minute in which a gateway counts calls. */
const PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/** Repeats `request` after a pause while the rate is limited; throws the last error. */
export async function retryWhileLimited<T>(request: () => Promise<T>, timers: Timers): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ConversationError && error.isBusy)) throw error;
    }
    await delay(pauseMs, timers);
  }
  return request();
}
