import { createHash } from 'node:crypto';
import { apiErrors } from '../http/api-error.js';
import type { IdSource } from '../ids.js';
import type { Identity } from '../oauth/tokens.js';
import { type Chat, isRunning } from './chat.js';
import type { Message } from './message.js';

export interface Conversation {
  readonly id: string;
  readonly owner: string;
  readonly creatorId: string;
  readonly connectorId: string;
  readonly botId: string | undefined;
  /** The Coze app the conversation was created for, in ChatFlow. */
  readonly appId: string | undefined;
  name: string;
  readonly metaData: Readonly<Record<string, string>>;
  readonly createdAtSeconds: number;
  updatedAtSeconds: number;
  /** Changes when the context is cleared; the bot remembers only messages of the current section. */
  sectionId: string;
  /** Questions and answers, oldest first. */
  messages: Message[];
  readonly chats: Map<string, Chat>;
}

export interface NewConversation {
  readonly connectorId: string;
  readonly botId?: string | undefined;
  readonly appId?: string | undefined;
  readonly name?: string | undefined;
  readonly metaData?: Readonly<Record<string, string>> | undefined;
}

/** All conversations of one stand-in. Every method requires an identity, so that no caller reaches another identity's conversations. */
export class ConversationStore {
  readonly #ids: IdSource;
  /** Epoch seconds. */
  readonly #nowSeconds: () => number;
  readonly #conversations = new Map<string, Conversation>();

  constructor(ids: IdSource, nowSeconds: () => number) {
    this.#ids = ids;
    this.#nowSeconds = nowSeconds;
  }

  forgetAll(): void {
    this.#conversations.clear();
  }

  create(identity: Identity, wanted: NewConversation): Conversation {
    const now = this.#nowSeconds();
    const conversation: Conversation = {
      id: this.#ids.next(),
      owner: ownerKey(identity),
      creatorId: creatorId(identity),
      connectorId: wanted.connectorId,
      botId: wanted.botId,
      appId: wanted.appId,
      name: wanted.name ?? '',
      metaData: wanted.metaData ?? {},
      createdAtSeconds: now,
      updatedAtSeconds: now,
      sectionId: this.#ids.next(),
      messages: [],
      chats: new Map(),
    };
    this.#conversations.set(conversation.id, conversation);
    return conversation;
  }

  /** Throws the same 4002 for an unknown id and for another identity's. */
  get(identity: Identity, id: string): Conversation {
    const conversation = this.#conversations.get(id);
    if (conversation?.owner !== ownerKey(identity)) throw apiErrors.invalidConversation();
    return conversation;
  }

  /** Deletes the conversation and its messages permanently. */
  delete(conversation: Conversation): void {
    this.#conversations.delete(conversation.id);
  }

  rename(conversation: Conversation, name: string): void {
    conversation.name = name;
    conversation.updatedAtSeconds = this.#nowSeconds();
  }

  /** Oldest first. */
  list(identity: Identity, connectorId: string, botId: string): readonly Conversation[] {
    return this.#ownedBy(identity).filter((one) => one.connectorId === connectorId && one.botId === botId);
  }

  /** The newest conversation with this name in a Coze app. */
  findNamed(identity: Identity, connectorId: string, appId: string, name: string): Conversation | undefined {
    return this.#ownedBy(identity).findLast((one) => one.connectorId === connectorId && one.appId === appId && one.name === name);
  }

  /** Starts a new section and returns its id. The messages remain. */
  clearContext(conversation: Conversation): string {
    conversation.sectionId = this.#ids.next();
    return conversation.sectionId;
  }

  /** Removes the question and everything the chat has produced so far. */
  removeMessagesOf(conversation: Conversation, { id }: Chat): void {
    conversation.messages = conversation.messages.filter(({ chatId }) => chatId !== id);
  }

  addMessage(conversation: Conversation, message: Message): void {
    conversation.messages.push(message);
    conversation.updatedAtSeconds = message.updatedAtSeconds;
  }

  #ownedBy(identity: Identity): Conversation[] {
    const owner = ownerKey(identity);
    return [...this.#conversations.values()].filter((one) => one.owner === owner);
  }
}

/** Throws 4001 unless the chat belongs to the conversation. */
export function requireChat(conversation: Conversation, chatId: string): Chat {
  const chat = conversation.chats.get(chatId);
  if (chat === undefined) throw apiErrors.invalidChat();
  return chat;
}

/** `canceledToo`: a cancelled chat counts as running until its answer ends. */
export const hasRunningChat = (conversation: Conversation, canceledToo: boolean): boolean =>
  [...conversation.chats.values()].some((chat) => isRunning(chat) || (canceledToo && chat.isBeingAnswered));

const ownerKey = ({ appId, account, sessionName }: Identity): string => JSON.stringify([appId, account, sessionName]);

/** Sixteen digits that are stable for the identity and do not reveal it. */
function creatorId(identity: Identity): string {
  const digest = createHash('sha256').update(ownerKey(identity)).digest();
  return ((digest.readBigUInt64BE() % 9_000_000_000_000_000n) + 1_000_000_000_000_000n).toString();
}

export function conversationToWire(conversation: Conversation): Readonly<Record<string, unknown>> {
  return {
    id: conversation.id,
    name: conversation.name,
    meta_data: conversation.metaData,
    creator_id: conversation.creatorId,
    connector_id: conversation.connectorId,
    created_at: conversation.createdAtSeconds,
    updated_at: conversation.updatedAtSeconds,
    last_section_id: conversation.sectionId,
  };
}
