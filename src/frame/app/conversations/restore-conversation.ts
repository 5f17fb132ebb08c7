/** Where a chat begins that is to begin in a certain conversation. */
import type { HostApi } from '../../contract.js';
import type { MessagePage } from '../service/message-page.js';
import { ConversationError } from './conversation-error.js';
import { ConversationRequests, type ConversationService } from './conversation-requests.js';

/** `undefined` when it is not to be had: the page is told, the visitor gets their newest. */
export async function restoreConversation(
  service: ConversationService,
  conversationId: string,
  host: Pick<HostApi, 'onEvent'>,
): Promise<{ conversationId: string; sectionId: string; page: MessagePage } | undefined> {
  try {
    const page = await new ConversationRequests(service).history(conversationId);
    return { conversationId, sectionId: findSection(page.messages), page };
  } catch (error) {
    if (error instanceof ConversationError) host.onEvent({ type: 'feature-failed', problem: error.problem });
    return undefined;
  }
}

/** The newest message is in the present section; without one there is nothing to be told apart. */
export function findSection(messages: MessagePage['messages']): string {
  return messages.at(-1)?.section_id ?? '';
}
