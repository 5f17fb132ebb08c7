/** A new visitor's chat can be used before Coze has begun their conversation; what needs one waits here. */
import { delay, systemTimers, type Timers } from '../../../core/clock.js';
import type { IsolatedChatService } from './isolated-chat-service.js';

/** Resolves once the conversation is the one on the screen, or is not to be had, which the page has been told. */
export async function untilBegun({ first }: Pick<IsolatedChatService, 'first'>, timers: Timers = systemTimers): Promise<void> {
  if (first === undefined) return;
  await first;
  // What has been put into the stores is rendered then.
  await delay(0, timers);
}
