/** What somebody thinks of an answer; the last of it counts. */
export interface Feedback {
  readonly feedback_type: 'like' | 'unlike';
  readonly reason_types: readonly string[];
  readonly comment: string;
}
