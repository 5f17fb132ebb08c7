/**
 * The commands of a page to a chat. A command rejects with a {@link CozeChatError} when this visitor's chat is removed first, or cannot
 * start.
 */
import { CozeChatError } from '../core/chat-error.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import { isBlank } from '../core/values/blank.js';
import type { ChatApi, ChatMessage } from '../frame/contract.js';
import type { ConversationCommand, ConversationCommands } from '../frame/conversation-commands.js';
import { CommandQueue, interrupted } from './command-queue.js';

export class ChatCommands {
  readonly #queue = new CommandQueue();
  /** Returns the problem that keeps the chat from becoming ready by itself; `undefined` if there is none. */
  readonly #findProblem: () => Problem | undefined;
  #chat: ChatApi | undefined;

  constructor(findProblem: () => Problem | undefined) {
    this.#findProblem = findProblem;
  }

  /** The chat's functions, once it is ready. */
  get chat(): ChatApi | undefined {
    return this.#chat;
  }

  /** Sends `text` as if the visitor had written it. Resolves with the complete reply. */
  async send(text: string): Promise<ChatMessage> {
    if (typeof text !== 'string' || isBlank(text)) throw notSent('The message has no text.');
    const outcome = await this.run((chat) => chat.send(text));
    if (outcome === 'not-sent')
      throw notSent(
        'The message was not sent: a listener of coze-before-send refused it, the chat is read-only, or nobody could say whose chat it is.',
      );
    if (outcome === 'stopped') throw new CozeChatError({ ...interrupted, message: 'The answer was stopped.' });
    if (outcome === 'unanswered') throw chatFailed('The message was not answered.');
    return outcome;
  }

  /** Puts `text` into the text field; the visitor decides whether to send it. */
  async compose(text: string): Promise<void> {
    if (typeof text === 'string' && !isBlank(text)) await this.run((chat) => Promise.resolve(chat.compose(text)), { isInstant: true });
  }

  /** Stops the running answer. Returns whether one was running. Commands that wait for its end then run. */
  stopAnswer(): boolean {
    return this.#chat?.stop() ?? false;
  }

  /** Begins a new conversation. */
  async clear(): Promise<void> {
    const isCleared = await this.run((chat) => chat.clear());
    if (!isCleared) throw chatFailed('No new conversation could be begun.');
  }

  /** Runs a command on the visitor's conversations. */
  async conversations<Name extends ConversationCommand>(
    name: Name,
    ...args: Parameters<ConversationCommands[Name]>
  ): Promise<ReturnType<ConversationCommands[Name]>> {
    const isInstant = name === 'list' || name === 'rename' || name === 'toggle';
    const outcome = await this.run((chat) => chat.conversations(name, ...args), { isInstant });
    if (!outcome.ok) throw new CozeChatError(outcome.error);
    return outcome.value;
  }

  /** Runs `command` once the chat is ready: after earlier commands, or at once if it is instant. */
  run<T>(command: (chat: ChatApi) => Promise<T>, options?: { readonly isInstant: boolean }): Promise<T> {
    const problem = this.#findProblem();
    return problem === undefined ? this.#queue.add(command, options) : Promise.reject(new CozeChatError(problem));
  }

  attach(chat: ChatApi): void {
    this.#chat = chat;
    this.#queue.attach(chat);
  }

  /** Called when the frame is removed; another one for the same visitor may follow. */
  detach(): void {
    this.#chat = undefined;
    this.#queue.detach();
  }

  /** Rejects all commands, because the visitor's chat was removed. `problem` is the reason, if there is one. */
  rejectAll(problem?: Problem): void {
    this.#queue.rejectAll(problem);
  }
}

function notSent(message: string): CozeChatError {
  return new CozeChatError({ code: ErrorCode.NotSent, message, retryable: false });
}

function chatFailed(message: string): CozeChatError {
  return new CozeChatError({ code: ErrorCode.ChatFailed, message, retryable: true });
}
