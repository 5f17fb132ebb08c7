/** What a visitor has written, kept while their frame is built anew. Shown to nobody else: it goes by the subject of the tokens it was written under. */
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

  /** Whoever comes next may be somebody else: without a subject nobody could tell. */
  leave(): void {
    if (this.#subject === undefined) this.forget();
  }

  forget(): void {
    this.keep(NO_DRAFT, undefined);
  }
}
