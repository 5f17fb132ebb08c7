/**
 * Records when the backend last confirmed the subject of the tokens, and what has happened since that makes the confirmation doubtful.
 * Questions are numbered in the order in which they are sent: an answer proves nothing about events after its question.
 */
import { elapsedMs, type Instant } from '../../core/clock.js';

/** Long enough for a visitor who switches between windows, too short for a change of visitors. */
const FRESH_MS = 30_000;

export class SubjectProof {
  #asked = 0;
  #provenBy = 0;
  #provenAt: Instant | undefined;
  #doubtedAfter = 0;
  #isAbsent = false;
  #distrustedAfter = 0;

  /** Returns the number of the question that is sent now. */
  ask(): number {
    return ++this.#asked;
  }

  /** Records that the answer to `question`, sent at `sentAt`, names the same subject as before. */
  confirm(question: number, sentAt: Instant): void {
    if (question <= this.#provenBy) return;
    this.#provenBy = question;
    this.#provenAt = sentAt;
  }

  /** Records a sign of another visitor. Only a later question can disprove it. */
  doubt(): void {
    this.#doubtedAfter = this.#asked;
  }

  /** Records that the window has lost the focus, or that the page is hidden. */
  noteAbsence(): void {
    this.#isAbsent = true;
  }

  /** Records that the window has the focus again. The person at it may be another visitor. */
  noteReturn(): void {
    if (this.#isAbsent) this.distrust();
    this.#isAbsent = false;
  }

  /** Records that another visitor is possible. The proof then ends with its time, even if the backend does not respond. */
  distrust(): void {
    this.#distrustedAfter = this.#asked;
  }

  /** Whether the answer to `question` would disprove {@link doubt}. */
  dispelsDoubt(question: number): boolean {
    return question > this.#doubtedAfter;
  }

  /** Whether there was a sign of another visitor that no answer has disproved. */
  get isDoubted(): boolean {
    return !this.dispelsDoubt(this.#provenBy);
  }

  /** Whether the visitor has been in the window since the last confirmation, without a sign of another one. */
  get isUndisturbed(): boolean {
    return !this.#isAbsent && !this.isDoubted && this.#provenBy > this.#distrustedAfter;
  }

  /** Milliseconds for which the proof still holds. At zero or less, the backend has to be asked again. */
  freshForMs(now: Instant): number {
    return this.#provenAt === undefined || this.isDoubted ? 0 : FRESH_MS - elapsedMs(this.#provenAt, now);
  }
}
