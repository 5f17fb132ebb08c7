import type { Message } from './message.js';

export type ChatStatus = 'created' | 'in_progress' | 'completed' | 'failed' | 'canceled' | 'requires_action';

/** The calls that the client has to run, in the format of `/v3/chat`. */
export interface RequiredAction {
  readonly type: 'submit_tool_outputs';
  readonly submit_tool_outputs: {
    readonly tool_calls: readonly {
      readonly id: string;
      readonly type: 'function';
      readonly function: { readonly name: string; readonly arguments: string };
      /** Not documented. */
      readonly require_info: null;
    }[];
  };
}

/** One question and the bot's reply; Coze calls this a chat. */
export interface Chat {
  readonly id: string;
  readonly conversationId: string;
  readonly botId: string | undefined;
  readonly sectionId: string;
  readonly createdAtSeconds: number;
  readonly metaData: Readonly<Record<string, string>>;
  status: ChatStatus;
  /** Whether the model is still generating, even if the chat was cancelled. */
  isBeingAnswered: boolean;
  endedAtSeconds: number | undefined;
  lastError: { readonly code: number; readonly msg: string };
  requiredAction: RequiredAction | undefined;
  usage: { readonly token_count: number; readonly output_count: number; readonly input_count: number };
  /** The bot's messages: answer, verbose and follow-up messages, but not the question. */
  readonly messages: Message[];
}

export const isRunning = (chat: Chat): boolean => chat.status === 'created' || chat.status === 'in_progress';

/** The chat object of `/v3/chat/retrieve` and of the `conversation.chat.*` events. */
export function chatToWire(chat: Chat): Readonly<Record<string, unknown>> {
  return {
    id: chat.id,
    conversation_id: chat.conversationId,
    bot_id: chat.botId,
    created_at: chat.createdAtSeconds,
    completed_at: chat.status === 'completed' ? chat.endedAtSeconds : undefined,
    failed_at: chat.status === 'failed' ? chat.endedAtSeconds : undefined,
    last_error: chat.lastError,
    meta_data: chat.metaData,
    status: chat.status,
    required_action: chat.requiredAction,
    usage: chat.usage,
    section_id: chat.sectionId,
  };
}
