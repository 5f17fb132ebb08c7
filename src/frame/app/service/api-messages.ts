/** Normalises messages and events of the API to their declared types, so that all later code may rely on these. */
import { ChatEventType, type ChatV3Message, type StreamChatData } from '@coze/api';
import { asList, asObject, asSeconds, asText } from '../../../core/values/foreign-value.js';

/** Text fields of every message. */
const TEXT_FIELDS = ['id', 'type', 'role', 'content', 'content_type', 'chat_id', 'conversation_id', 'section_id', 'bot_id'];
const TIME_FIELDS = ['created_at', 'updated_at'];

/** Normalises the messages in a list of the API. Drops values that are not objects. */
export function toMessages(values: unknown): ChatV3Message[] {
  return asList(values)
    .filter((value) => typeof value === 'object' && value !== null)
    .map(toMessage);
}

function toMessage(value: unknown): ChatV3Message {
  const message = asObject(value);
  const { reasoning_content: thoughts } = message;
  return {
    ...message,
    ...Object.fromEntries(TEXT_FIELDS.map((name) => [name, asText(message[name])])),
    ...Object.fromEntries(TIME_FIELDS.map((name) => [name, asSeconds(message[name])])),
    ...(thoughts === undefined ? {} : { reasoning_content: asText(thoughts) }),
  } as ChatV3Message;
}

export async function* toKnownEvents(events: AsyncIterable<StreamChatData>): AsyncGenerator<StreamChatData> {
  for await (const event of events) yield toKnownEvent(event);
}

function toKnownEvent(known: StreamChatData): StreamChatData {
  const { event, data } = known;
  if (event === ChatEventType.DONE) return known;
  if (event === ChatEventType.CONVERSATION_MESSAGE_DELTA || event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED) {
    return { event, data: toMessage(data) };
  }
  const object = asObject(data);
  const id = event === ChatEventType.CONVERSATION_CHAT_CREATED ? { id: asText(object['id']) } : {};
  return { event, data: { ...object, ...id } } as StreamChatData;
}
