/** The tasks and choices that a visitor has ticked in one message, in the format that the SDK expects. */
export interface TickedList {
  readonly taskName: string;
  readonly taskValue: string[];
}

export type OnTaskChange = (event: { taskList: TickedList[] }) => void;

export class TaskLists {
  readonly #lists = new Map<string, readonly string[]>();
  #onChange: OnTaskChange | undefined;

  /** Sets the function to call for changes; a message gets a new one with every render. */
  setListener(onChange: OnTaskChange | undefined): void {
    this.#onChange = onChange;
  }

  /** Sets the texts of the ticked items of the list `name`, and reports all lists in the order of the message. */
  set(name: string, values: readonly string[]): void {
    this.#lists.set(name, values);
    this.#onChange?.({ taskList: [...this.#lists].map(([taskName, taskValue]) => ({ taskName, taskValue: [...taskValue] })) });
  }
}
