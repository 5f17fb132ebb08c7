/** Records lengths and times of a turn for the operator, and its text if the site has a hook for it. */
import { durationSince } from '../../config/host-functions.js';
import type { SeenEvent } from './turn-events.js';

/** Longer answers are cut for `onReply`. */
const MAX_TEXT = 1_000_000;

export class TurnRecord {
  readonly #keepsText: boolean;
  readonly #now: () => number;
  readonly #startedMs: number;
  #firstEventMs: number | undefined;
  #characters = 0;
  #text = '';
  #chatId: string;

  /** `now`: epoch milliseconds; `chatId`: id of a turn that is continued. */
  constructor(now: () => number, keepsText: boolean, chatId = '') {
    this.#chatId = chatId;
    this.#now = now;
    this.#keepsText = keepsText;
    this.#startedMs = now();
  }

  note({ event, fields }: SeenEvent): void {
    this.#firstEventMs ??= durationSince(this.#startedMs, this.#now);
    if (event === 'conversation.chat.created' && typeof fields['id'] === 'string') this.#chatId = fields['id'];
    const { type, content, content_type: contentType } = fields;
    if (event !== 'conversation.message.completed' || type !== 'answer' || contentType !== 'text' || typeof content !== 'string') return;
    this.#characters += content.length;
    if (this.#keepsText && this.#text.length < MAX_TEXT) this.#text += (this.#text === '' ? '' : '\n\n') + content;
  }

  /** Empty until Coze has created the chat (turn). */
  get chatId(): string {
    return this.#chatId;
  }

  get text(): string {
    return this.#text;
  }

  get figures(): { readonly answerCharacters: number; readonly firstEventMs?: number; readonly durationMs: number } {
    return {
      answerCharacters: this.#characters,
      ...(this.#firstEventMs !== undefined && { firstEventMs: this.#firstEventMs }),
      durationMs: durationSince(this.#startedMs, this.#now),
    };
  }
}
