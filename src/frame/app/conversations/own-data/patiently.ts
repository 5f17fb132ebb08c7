/** Requests of which many follow each other: Coze, or a gateway, may ask for a pause. */
import { delay, type Timers } from '../../../../core/clock.js';
import { ConversationError } from '../conversation-error.js';

/** Longer than the minute in which a gateway counts calls. */
const PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/** Asks again after a pause as long as there are too many requests; the last refusal is thrown. */
export async function patiently<T>(ask: () => Promise<T>, timers: Timers): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ConversationError && error.isBusy)) throw error;
    }
    await delay(pauseMs, timers);
  }
  return ask();
}
