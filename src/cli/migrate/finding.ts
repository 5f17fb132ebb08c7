/** What `migrate` has to say of a place in a file. */
export interface MigrateFinding {
  /** Counted from 1. */
  readonly line: number;
  /** What is there, as a sentence. Never what stands in the line. */
  readonly what: string;
  /** What to do, as a sentence; of what is changed, what was done, and what is left to do. */
  readonly advice: string;
  /**
   * `todo`: a site cannot leave it so. `note`: the chat is another one there than Coze's. `changed`: done by `--write`.
   */
  readonly kind: 'todo' | 'note' | 'changed';
  /** Whether `--write` would do it. */
  readonly isWritable: boolean;
}

/** A change of the file: `[start, end)` in it becomes `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change that is safe, and what is said when it was made. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly done: string;
}

/** A place in a file, with the change that would do, where one is safe. */
export interface Place extends Omit<MigrateFinding, 'line' | 'kind' | 'isWritable'> {
  readonly at: number;
  readonly kind: 'todo' | 'note';
  readonly change?: Change;
}
