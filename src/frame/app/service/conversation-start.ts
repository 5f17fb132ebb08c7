/** In which conversation a chat begins, and what is known of it without asking. */
import type { ChatService } from '@coze/chat-sdk';
import { delay, type Timers } from '../../../core/clock.js';
import { asList, asObject, asText } from '../../../core/values/foreign-value.js';
import type { MessagePage } from './message-page.js';

export type Conversation = Awaited<ReturnType<ChatService['createNewConversation']>>;

export interface RestoredConversation extends Conversation {
  /** Its newest messages. */
  readonly page: MessagePage;
}

export interface ConversationStartOptions {
  /** The conversation to begin with, unless it is not to be had. */
  readonly restore: () => Promise<RestoredConversation | undefined>;
  /** The visitor's newest; `undefined` for a visitor who has none. */
  readonly find: () => Promise<Conversation | undefined>;
  readonly create: () => Promise<Conversation>;
  /** A new visitor's first one could not be begun. */
  readonly onFailed: (cause: unknown) => void;
  readonly timers: Timers;
}

const NOT_BEGUN: Conversation = { conversationId: '', sectionId: '' };
const NO_MESSAGES: MessagePage = { messages: [], prevCursorId: '', nextCursorId: '', prevHasMore: false, nextHasMore: false };

export class ConversationStart {
  /** The conversation that a chat begins with by itself. */
  newestId = '';
  /** A new visitor's first one, while Coze has not begun it: the chat is shown without one. Never rejects; `undefined` when there will be none. */
  first: Promise<Conversation | undefined> | undefined;
  readonly #options: ConversationStartOptions;
  /** Until its messages are shown. */
  #restored: RestoredConversation | undefined;

  constructor(options: ConversationStartOptions) {
    this.#options = options;
  }

  /** Who has none begins one meanwhile. */
  async open(): Promise<Conversation> {
    this.#restored = await this.#options.restore();
    if (this.#restored !== undefined) return this.#restored;
    const newest = await this.#options.find();
    if (newest !== undefined) return this.#note(newest);
    this.first = this.#beginFirst();
    return NOT_BEGUN;
  }

  /** Resolves once a first conversation that is being begun is the one on the screen, or is not to be had, which the page has been told. */
  async untilBegun(): Promise<void> {
    if (this.first === undefined) return;
    await this.first;
    // What has been put into the stores is rendered then.
    await delay(0, this.#options.timers);
  }

  /** A new conversation, which is not shown yet. */
  async begin(): Promise<Conversation> {
    // Or that one would be the newest.
    await this.first;
    return this.#note(await this.#options.create());
  }

  /** The newest messages of a conversation that need not be asked for: there are none yet, or they have come already. Once. */
  takePage(conversationId: string): MessagePage | undefined {
    if (conversationId === '') return NO_MESSAGES;
    if (conversationId !== this.#restored?.conversationId) return undefined;
    const { page } = this.#restored;
    this.#restored = undefined;
    return page;
  }

  async #beginFirst(): Promise<Conversation | undefined> {
    try {
      return this.#note(await this.#options.create());
    } catch (cause) {
      this.#options.onFailed(cause);
      return undefined;
    }
  }

  #note(conversation: Conversation): Conversation {
    this.newestId = conversation.conversationId;
    return conversation;
  }
}

/** Of the API's list of a bot's conversations, newest first. */
export function findNewest(list: unknown): Conversation | undefined {
  const newest = asObject(asList(asObject(list)['conversations'])[0]);
  const conversationId = asText(newest['id']);
  return conversationId === '' ? undefined : { conversationId, sectionId: asText(newest['last_section_id']) };
}
