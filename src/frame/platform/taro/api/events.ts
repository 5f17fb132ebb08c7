/** Taro's event emitter. */

type Listener = (...args: never[]) => void;

/** Listeners by name. A listener that is added twice is called twice, and removed at once. */
export class Events implements Record<keyof Pick<TaroGeneral.Events, 'on' | 'once' | 'off' | 'trigger'>, unknown> {
  readonly #listeners = new Map<string, readonly Listener[]>();

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  once(name: string, listener: Listener): this {
    const callOnce = (...args: never[]): void => {
      this.off(name, callOnce);
      listener(...args);
    };
    return this.on(name, callOnce);
  }

  /** Removes a listener, all listeners of a name, or all listeners. */
  off(name?: string, listener?: Listener): this {
    if (name === undefined) this.#listeners.clear();
    else if (listener === undefined) this.#listeners.delete(name);
    else this.#listeners.set(name, this.#listeners.get(name)?.filter((other) => other !== listener) ?? []);
    return this;
  }

  /** Calls the present listeners in the order in which they were added. */
  trigger(name: string, ...args: unknown[]): this {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(args as never[]));
    return this;
  }
}

/** Shared by all of the SDK in this frame. */
export const eventCenter = new Events();
