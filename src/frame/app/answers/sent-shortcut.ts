/** Keeps the command of the last shortcut, so that a retry after a failure sends the same command. */
export interface ShortcutCommand {
  readonly command_id: string;
  /** By the name of the field. Each value is a list of items in JSON. */
  readonly parameters: Readonly<Record<string, string>>;
}

export class SentShortcut {
  #last: { readonly text: string; readonly command: ShortcutCommand } | undefined;

  set(text: string, command: ShortcutCommand | undefined): void {
    this.#last = command && { text, command };
  }

  /** Returns the command of the last shortcut; `undefined` if `text` is not the text of that shortcut. */
  find(text: unknown): ShortcutCommand | undefined {
    return this.#last?.text === text ? this.#last?.command : undefined;
  }
}
