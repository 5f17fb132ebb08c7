/** Chooses the conversation with which a chat begins, and avoids requests whose result is already known. */
import type { ChatService } from '@coze/chat-sdk';
import { delay, type Timers } from '../../../core/clock.js';
import { asList, asObject, asText } from '../../../core/values/foreign-value.js';
import type { MessagePage } from './message-page.js';

export type Conversation = Awaited<ReturnType<ChatService['createNewConversation']>>;

export interface RestoredConversation extends Conversation {
  /** The newest messages of the conversation. */
  readonly page: MessagePage;
}

export interface ConversationStartOptions {
  /** Finds the conversation that was open before; `undefined` if it is unavailable. */
  readonly restore: () => Promise<RestoredConversation | undefined>;
  /** Finds the visitor's newest conversation; `undefined` for a visitor without any. */
  readonly find: () => Promise<Conversation | undefined>;
  readonly create: () => Promise<Conversation>;
  /** Called when the first conversation of a new visitor could not be created. */
  readonly onFailed: (cause: unknown) => void;
  readonly timers: Timers;
}

const NO_CONVERSATION: Conversation = { conversationId: '', sectionId: '' };
const NO_MESSAGES: MessagePage = { messages: [], prevCursorId: '', nextCursorId: '', prevHasMore: false, nextHasMore: false };

export class ConversationStart {
  /** Id of the newest conversation, with which a chat begins by default. */
  newestId = '';
  /**
   * Resolves with the first conversation of a new visitor, which is created while the chat is already shown, or with `undefined` after a
   * failure. Never rejects. `undefined` for other visitors.
   */
  firstConversation: Promise<Conversation | undefined> | undefined;
  readonly #options: ConversationStartOptions;
  /** Kept until {@link takePage} returns its messages. */
  #restored: RestoredConversation | undefined;

  constructor(options: ConversationStartOptions) {
    this.#options = options;
  }

  /** Resolves with the conversation with which the chat begins. For a visitor without any, creates one in the background; the ids are empty. */
  async open(): Promise<Conversation> {
    this.#restored = await this.#options.restore();
    if (this.#restored !== undefined) return this.#restored;
    const newest = await this.#options.find();
    if (newest !== undefined) return this.#rememberNewest(newest);
    this.firstConversation = this.#beginFirst();
    return NO_CONVERSATION;
  }

  /** Resolves when the first conversation is shown, or when its creation has failed and the failure is reported. */
  async untilFirstIsShown(): Promise<void> {
    if (this.firstConversation === undefined) return;
    await this.firstConversation;
    // After this macrotask React has rendered the change of the SDK's stores.
    await delay(0, this.#options.timers);
  }

  /** Creates another conversation, which is not shown yet. */
  async begin(): Promise<Conversation> {
    // Otherwise the first conversation could be created after this one, and would be the newest.
    await this.firstConversation;
    return this.#rememberNewest(await this.#options.create());
  }

  /**
   * Returns the newest messages of a conversation if they need no request: an empty page for a new conversation, or the restored page, the
   * latter only once. Otherwise `undefined`.
   */
  takePage(conversationId: string): MessagePage | undefined {
    if (conversationId === '') return NO_MESSAGES;
    if (conversationId !== this.#restored?.conversationId) return undefined;
    const { page } = this.#restored;
    this.#restored = undefined;
    return page;
  }

  async #beginFirst(): Promise<Conversation | undefined> {
    try {
      return this.#rememberNewest(await this.#options.create());
    } catch (cause) {
      this.#options.onFailed(cause);
      return undefined;
    }
  }

  #rememberNewest(conversation: Conversation): Conversation {
    // In a conversation without an id the visitor could send nothing, and would see no reason.
    if (asText(conversation.conversationId) === '') throw new TypeError('The conversation has no id.');
    this.newestId = conversation.conversationId;
    return conversation;
  }
}

/** Returns the first conversation in the API's list, which is sorted newest first; `undefined` if there is none. */
export function findNewest(list: unknown): Conversation | undefined {
  const newest = asObject(asList(asObject(list)['conversations'])[0]);
  const conversationId = asText(newest['id']);
  return conversationId === '' ? undefined : { conversationId, sectionId: asText(newest['last_section_id']) };
}
