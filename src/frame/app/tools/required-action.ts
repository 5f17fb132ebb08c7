/** Parses the action that a bot requires of the page. */
import { ChatEventType, type CreateChatData, type StreamChatData } from '@coze/api';
import { asList, asObject, asText } from '../../../core/values/foreign-value.js';
import type { RequiredAction } from '../../contract.js';

/** `data` is the API's; missing members become empty. */
export function toRequiredAction(data: unknown): RequiredAction {
  const { id, conversation_id } = asObject(data) as Partial<CreateChatData>;
  return {
    chatId: asText(id),
    conversationId: asText(conversation_id),
    toolCalls: listCalls(data).map((call) => {
      const { name, arguments: json } = asObject(call['function']);
      return { id: asText(call['id']), name: asText(name), arguments: asText(json) };
    }),
  };
}

/** Whether all calls are functions; a workflow may also ask the visitor to choose an option (`reply_message`). */
export function wantsFunctions({ event, data }: StreamChatData): boolean {
  const calls = event === ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION ? listCalls(data) : [];
  return calls.length > 0 && calls.every(({ type }) => type === 'function');
}

function listCalls(data: unknown): readonly Readonly<Record<string, unknown>>[] {
  return asList(asObject(asObject(asObject(data)['required_action'])['submit_tool_outputs'])['tool_calls']).map(asObject);
}
