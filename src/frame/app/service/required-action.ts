/** What the bot wants the page to run. */
import type { CreateChatData } from '@coze/api';
import type { RequiredAction } from '../../contract.js';

export function toRequiredAction({ id, conversation_id, required_action }: CreateChatData): RequiredAction {
  const calls = required_action?.submit_tool_outputs.tool_calls ?? [];
  return {
    chatId: id,
    conversationId: conversation_id,
    toolCalls: calls.map(({ id, function: { name, arguments: json } }) => ({ id, name, arguments: json })),
  };
}
