/** What a visitor has written, and where; kept while their frame is built anew. It is given back only under the subject of the tokens that it was written under. */
import type { Draft } from '../frame/contract.js';

export const NO_DRAFT: Draft = { text: undefined, unsent: undefined, hasFocus: false };

export class KeptDraft {
  #draft = NO_DRAFT;
  /** The conversation they have gone to; empty for the newest. */
  #conversationId: string | undefined;
  #subject: string | undefined;

  keep(draft: Draft, subject: string | undefined): void {
    this.#hold(subject);
    this.#draft = draft;
  }

  keepConversation(id: string, subject: string | undefined): void {
    this.#hold(subject);
    this.#conversationId = id;
  }

  /** For a frame with tokens of `subject`; what is another visitor's is gone for good. */
  of(subject: string | undefined): Draft {
    if (subject !== this.#subject) this.forget();
    return this.#draft;
  }

  /** The same for where they were; `undefined` while they have not gone anywhere. */
  conversationOf(subject: string | undefined): string | undefined {
    if (subject !== this.#subject) this.forget();
    return this.#conversationId;
  }

  /** Where they were is no longer where they are to be. */
  leaveConversation(): void {
    this.#conversationId = undefined;
  }

  /** Without a subject, the next visitor cannot be told from the present one. */
  leave(): void {
    if (this.#subject === undefined) this.forget();
  }

  forget(): void {
    this.#draft = NO_DRAFT;
    this.#conversationId = undefined;
    this.#subject = undefined;
  }

  #hold(subject: string | undefined): void {
    if (subject !== this.#subject) this.forget();
    this.#subject = subject;
  }
}
