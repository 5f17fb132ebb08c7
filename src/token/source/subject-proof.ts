/**
 * When the backend last said whose tokens these are, and what has happened since that makes it worth asking again. Questions are numbered as
 * they are asked: an answer proves nothing about what came after its question.
 */
import { elapsedMs, type Instant } from '../../core/clock.js';

/** Long enough for who goes from window to window, too short for a change of visitors. */
const FRESH_MS = 30_000;

export class SubjectProof {
  #asked = 0;
  #provenBy = 0;
  #provenAt: Instant | undefined;
  #doubtedAfter = 0;
  #isAbsent = false;
  #distrustedAfter = 0;

  /** The number of the question that is asked now. */
  ask(): number {
    return ++this.#asked;
  }

  /** The answer to `question`, which was sent at `sentAt`, names the subject as before. */
  confirm(question: number, sentAt: Instant): void {
    if (question <= this.#provenBy) return;
    this.#provenBy = question;
    this.#provenAt = sentAt;
  }

  /** Something says that it is another visitor by now. Only a later question can prove the contrary. */
  doubt(): void {
    this.#doubtedAfter = this.#asked;
  }

  /** The window has lost the focus, or the page is hidden. */
  noteAbsence(): void {
    this.#isAbsent = true;
  }

  /** The window has the focus again: whoever came back may be another visitor. */
  noteReturn(): void {
    if (this.#isAbsent) this.distrust();
    this.#isAbsent = false;
  }

  /** Another visitor is possible by now: the proof holds for its time, and not longer because the backend is silent. */
  distrust(): void {
    this.#distrustedAfter = this.#asked;
  }

  /** Whether the answer to `question` would dispel the doubt. */
  dispelsDoubt(question: number): boolean {
    return question > this.#doubtedAfter;
  }

  /** Whether something says that it is another visitor by now, and the backend has not answered since. */
  get isDoubted(): boolean {
    return !this.dispelsDoubt(this.#provenBy);
  }

  /** Whether the visitor has been in the window since the backend last confirmed the subject, and nobody has said anything else. */
  get isUndisturbed(): boolean {
    return !this.#isAbsent && !this.isDoubted && this.#provenBy > this.#distrustedAfter;
  }

  /** For how many milliseconds it still holds; zero or less: it has to be asked for again. */
  freshForMs(now: Instant): number {
    return this.#provenAt === undefined || this.isDoubted ? 0 : FRESH_MS - elapsedMs(this.#provenAt, now);
  }
}
