/** Keeps a visitor's draft and their conversation while their frame is rebuilt. A frame gets them back only with tokens of the same subject. */
import type { Draft } from '../frame/contract.js';

export const NO_DRAFT: Draft = { text: undefined, unsent: undefined, hasFocus: false };

export class KeptDraft {
  #draft = NO_DRAFT;
  /** The conversation that the visitor has opened; empty for the newest. */
  #conversationId: string | undefined;
  #subject: string | undefined;

  keep(draft: Draft, subject: string | undefined): void {
    this.#claimFor(subject);
    this.#draft = draft;
  }

  keepConversation(id: string, subject: string | undefined): void {
    this.#claimFor(subject);
    this.#conversationId = id;
  }

  /** Returns the draft for a frame with tokens of `subject`. Forgets another visitor's draft. */
  of(subject: string | undefined): Draft {
    if (subject !== this.#subject) this.forget();
    return this.#draft;
  }

  /** Returns the conversation for a frame with tokens of `subject`; `undefined` if the visitor has opened none. Forgets another visitor's. */
  conversationOf(subject: string | undefined): string | undefined {
    if (subject !== this.#subject) this.forget();
    return this.#conversationId;
  }

  /** Called when the page has chosen another conversation. */
  leaveConversation(): void {
    this.#conversationId = undefined;
  }

  /** Forgets a draft without a subject, because the next visitor cannot be distinguished from the present one. */
  leave(): void {
    if (this.#subject === undefined) this.forget();
  }

  forget(): void {
    this.#draft = NO_DRAFT;
    this.#conversationId = undefined;
    this.#subject = undefined;
  }

  #claimFor(subject: string | undefined): void {
    if (subject !== this.#subject) this.forget();
    this.#subject = subject;
  }
}
