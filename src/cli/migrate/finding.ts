/** What `migrate` reports about a place in a file. */
export interface MigrateFinding {
  /** Counted from 1. */
  readonly line: number;
  /** What was found, as a sentence. Never the content of the line. */
  readonly what: string;
  /** What to do, as a sentence; for a change, what was done and what remains to be done. */
  readonly advice: string;
  /** `todo`: has to be changed. `note`: the chat behaves differently from Coze's there. `changed`: done by `--write`. */
  readonly kind: 'todo' | 'note' | 'changed';
  /** Whether `--write` would make the change. */
  readonly isWritable: boolean;
}

/** An edit of the file: `[start, end)` is replaced by `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A safe change, and the message after it was made. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly done: string;
}

/** A place in a file, with the change that fixes it, if there is a safe one. */
export interface Place extends Omit<MigrateFinding, 'line' | 'kind' | 'isWritable'> {
  readonly at: number;
  readonly kind: 'todo' | 'note';
  readonly change?: Change;
}
