/** Events in the format of `@coze/api`, and a stream of them that a test feeds. */
import { ChatEventType, type ChatV3Message, type CreateChatData, RoleType, type StreamChatData } from '@coze/api';

const ANSWER: ChatV3Message = {
  id: '7382159494123470858',
  conversation_id: '7381473525342978089',
  bot_id: '7379462189365198898',
  chat_id: '7382159487131697202',
  meta_data: {},
  role: RoleType.Assistant,
  type: 'answer',
  content: '',
  content_type: 'text',
  created_at: 1_718_792_949,
  updated_at: 1_718_792_949,
  section_id: '7381473525342978089',
  reasoning_content: '',
};

export const message = (fields: Partial<ChatV3Message>): ChatV3Message => ({ ...ANSWER, ...fields });

// Fields that the API declares as required, but sends in some events only, do not matter here.
const chat = { id: '7382159487131697202', conversation_id: '7381473525342978089', section_id: '1' } as unknown as CreateChatData;

export const created: StreamChatData = { event: ChatEventType.CONVERSATION_CHAT_CREATED, data: chat };
export const inProgress: StreamChatData = { event: ChatEventType.CONVERSATION_CHAT_IN_PROGRESS, data: chat };
export const chatCompleted: StreamChatData = { event: ChatEventType.CONVERSATION_CHAT_COMPLETED, data: chat };
export const requiresAction: StreamChatData = { event: ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION, data: chat };
export const done: StreamChatData = { event: ChatEventType.DONE, data: '[DONE]' };

export const delta = (content: string): StreamChatData => ({
  event: ChatEventType.CONVERSATION_MESSAGE_DELTA,
  data: message({ content }),
});

export const completed = (fields: Partial<ChatV3Message>): StreamChatData => ({
  event: ChatEventType.CONVERSATION_MESSAGE_COMPLETED,
  data: message(fields),
});

export const error = (code: number, msg = ''): StreamChatData => ({ event: ChatEventType.ERROR, data: { code, msg } });

export const chatFailed = (fields: object): StreamChatData => ({
  event: ChatEventType.CONVERSATION_CHAT_FAILED,
  data: { ...chat, ...fields } as CreateChatData,
});

/** A stream of `events` that then ends, throws `failure`, or stays open. */
export async function* streamOf(
  events: readonly StreamChatData[],
  end: 'closes' | 'stays open' | Error = 'closes',
): AsyncGenerator<StreamChatData> {
  yield* events;
  if (end instanceof Error) throw end;
  if (end === 'stays open') await new Promise(() => {});
}

/** The visible part of a turn: the texts of its messages, and how it ended. */
export function outline(events: readonly StreamChatData[]): readonly string[] {
  return events.map(({ event, data }) => {
    if (event === ChatEventType.ERROR) return `error ${data.code} "${data.msg}"`;
    if (event === ChatEventType.CONVERSATION_MESSAGE_DELTA) return `delta ${data.content}`;
    if (event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED) return `completed ${data.id === ANSWER.id ? data.content : data.id}`;
    return event;
  });
}

/** Reads like the SDK does: after the last event it neither continues nor closes the generator. */
export async function listen(turn: AsyncIterator<StreamChatData>, onEvent: (event: StreamChatData) => void): Promise<void> {
  for (let next = await turn.next(); next.done !== true; next = await turn.next()) {
    onEvent(next.value);
    if (next.value.event === ChatEventType.DONE || next.value.event === ChatEventType.ERROR) return;
  }
}
