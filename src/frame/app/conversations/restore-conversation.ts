/** Restores the conversation with which a chat is to begin. */
import type { HostApi } from '../../contract.js';
import type { MessagePage } from '../service/message-page.js';
import { ConversationError } from './conversation-error.js';
import { ConversationRequests, type ConversationService } from './conversation-requests.js';

/**
 * Loads a conversation. Resolves with `undefined` if it is unavailable: this is reported to the page, and the chat begins with the newest
 * conversation.
 */
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

/** Returns the section of the newest message, which is the present section; empty if there are no messages. */
export function findSection(messages: MessagePage['messages']): string {
  return messages.at(-1)?.section_id ?? '';
}
