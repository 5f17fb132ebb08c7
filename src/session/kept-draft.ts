/** What a visitor has written, kept while their frame is built anew. It is given back only under the subject of the tokens that it was written under. */
import type { Draft } from '../frame/contract.js';

export const NO_DRAFT: Draft = { text: undefined, unsent: undefined, hasFocus: false };

export class KeptDraft {
  #draft = NO_DRAFT;
  #subject: string | undefined;

  keep(draft: Draft, subject: string | undefined): void {
    this.#draft = draft;
    this.#subject = subject;
  }

  /** For a frame with tokens of `subject`; what is another visitor's is gone for good. */
  of(subject: string | undefined): Draft {
    if (subject !== this.#subject) this.forget();
    return this.#draft;
  }

  /** Without a subject, the next visitor cannot be told from the present one. */
  leave(): void {
    if (this.#subject === undefined) this.forget();
  }

  forget(): void {
    this.keep(NO_DRAFT, undefined);
  }
}
