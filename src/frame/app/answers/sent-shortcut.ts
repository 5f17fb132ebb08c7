/** The shortcut whose text is on its way: a failed one is asked again as it was. */
export interface ShortcutCommand {
  readonly command_id: string;
  /** Each a list of items, as JSON. */
  readonly parameters: Readonly<Record<string, string>>;
}

export class SentShortcut {
  #last: { readonly text: string; readonly command: ShortcutCommand } | undefined;

  set(text: string, command: ShortcutCommand | undefined): void {
    this.#last = command && { text, command };
  }

  /** `undefined` for a text that no shortcut has made. */
  find(text: unknown): ShortcutCommand | undefined {
    return this.#last?.text === text ? this.#last?.command : undefined;
  }
}
