/** The events of `/v3/chat` of Coze Studio. No request ends a run early. */
import { nowSeconds, type StudioChat, type StudioConversation, type StudioMessage, type StudioStore } from './store.js';

export interface ChatRun {
  readonly store: StudioStore;
  readonly conversation: StudioConversation;
  readonly question: { readonly content: string; readonly contentType: 'text' | 'object_string'; readonly text: string };
  /** Waits before the last word while answers are held. */
  readonly beforeLastWord: () => Promise<void>;
}

export interface BegunChat {
  readonly chat: StudioChat;
  readonly events: AsyncGenerator<string>;
}

export function beginChat({ store, conversation, question, beforeLastWord }: ChatRun): BegunChat {
  const chat: StudioChat = { id: store.nextId(), conversation, createdAt: nowSeconds(), status: 'created' };
  store.chats.set(chat.id, chat);
  const asked = toMessage(store, chat, { role: 'user', content: question.content, contentType: question.contentType });
  conversation.messages.push(asked);

  async function* events(): AsyncGenerator<string> {
    yield event('conversation.chat.created', chatToWire(chat));
    chat.status = 'in_progress';
    yield event('conversation.chat.in_progress', chatToWire(chat));
    const answer = toMessage(store, chat, { role: 'assistant', content: `You said: ${question.text}`, contentType: 'text' });
    const pieces = answer.content.split(/(?<= )/);
    for (const [index, word] of pieces.entries()) {
      if (index === pieces.length - 1) await beforeLastWord();
      yield event('conversation.message.delta', answerToWire(answer, chat, word));
    }
    yield event('conversation.message.completed', answerToWire(answer, chat, answer.content));
    const finish = { msg_type: 'generate_answer_finish', data: '{"finish_reason":0,"FinData":""}', from_module: null, from_unit: null };
    yield event('conversation.message.completed', { ...answerToWire(answer, chat, JSON.stringify(finish)), type: 'verbose' });
    // A cancelled chat becomes `completed`, too.
    chat.status = 'completed';
    conversation.messages.push(answer);
    yield event('conversation.chat.completed', { ...chatToWire(chat), usage: { token_count: 30, output_count: 10, input_count: 20 } });
    yield 'event:conversation.stream.done\ndata:\n\n';
  }

  return { chat, events: events() };
}

export function chatToWire({ id, conversation, createdAt, status }: StudioChat): object {
  const { id: conversationId, botId, sectionId } = conversation;
  const times = { created_at: createdAt, completed_at: 0, failed_at: 0 };
  return { id, conversation_id: conversationId, bot_id: botId, ...times, status, section_id: sectionId };
}

export function errorEvent(code: number, msg: string): string {
  return event('error', { code, msg });
}

function event(name: string, data: object): string {
  return `event:${name}\ndata:${JSON.stringify(data)}\n\n`;
}

type NewMessage = Pick<StudioMessage, 'role' | 'content' | 'contentType'>;

function toMessage(store: StudioStore, chat: StudioChat, message: NewMessage): StudioMessage {
  return { id: store.nextId(), chatId: chat.id, sectionId: chat.conversation.sectionId, createdAt: nowSeconds(), ...message };
}

function answerToWire(answer: StudioMessage, { conversation }: StudioChat, content: string): object {
  return {
    ...{ id: answer.id, conversation_id: conversation.id, bot_id: conversation.botId, role: 'assistant', type: 'answer', content },
    ...{ content_type: 'text', chat_id: answer.chatId, section_id: answer.sectionId, created_at: answer.createdAt },
    meta_data: { bot_state: '{"bot_id":"internal"}' },
  };
}
