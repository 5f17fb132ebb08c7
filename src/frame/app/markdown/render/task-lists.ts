/** The tasks and choices that a visitor has ticked in one message, in the form in which the SDK wants to know them. */
export interface TickedList {
  readonly taskName: string;
  readonly taskValue: string[];
}

export type OnTaskChange = (event: { taskList: TickedList[] }) => void;

export class TaskLists {
  readonly #lists = new Map<string, readonly string[]>();
  #onChange: OnTaskChange | undefined;

  /** Which function is told; a message gets a new one with every rendering. */
  follow(onChange: OnTaskChange | undefined): void {
    this.#onChange = onChange;
  }

  /** `name` is that of a list, in the order of the message; `values` the texts of its ticked items. */
  set(name: string, values: readonly string[]): void {
    this.#lists.set(name, values);
    this.#onChange?.({ taskList: [...this.#lists].map(([taskName, taskValue]) => ({ taskName, taskValue: [...taskValue] })) });
  }
}
