/** What `migrate` has to say of a place in a file. */
export interface MigrateFinding {
  /** Counted from 1. */
  readonly line: number;
  /** What is there, as a sentence. Never what stands in the line. */
  readonly what: string;
  /** What to do, as a sentence. */
  readonly advice: string;
  /**
   * `todo`: a site cannot leave it so. `note`: the chat is another one there than Coze's. `changed`: done by `--write`.
   */
  readonly kind: 'todo' | 'note' | 'changed';
}

/** A change of the file: `[start, end)` in it becomes `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A place in a file, with the change that would do, where one is safe. */
export interface Place extends Omit<MigrateFinding, 'line' | 'kind'> {
  readonly at: number;
  readonly kind: 'todo' | 'note';
  readonly edits?: readonly Edit[];
}
