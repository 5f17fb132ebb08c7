/** A visitor's feedback on an answer; the latest one counts. */
export interface Feedback {
  readonly feedback_type: 'like' | 'unlike';
  readonly reason_types: readonly string[];
  readonly comment: string;
}
