/** Taro's event emitter. */

type Listener = (...args: never[]) => void;

/** Listeners by name. One registered twice is called twice; removing it removes both. */
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

  /** Without a listener all of that name, without a name all there are. */
  off(name?: string, listener?: Listener): this {
    if (name === undefined) this.#listeners.clear();
    else if (listener === undefined) this.#listeners.delete(name);
    else this.#listeners.set(name, this.#listeners.get(name)?.filter((other) => other !== listener) ?? []);
    return this;
  }

  /** Calls those that listen now, in their order. */
  trigger(name: string, ...args: unknown[]): this {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(args as never[]));
    return this;
  }
}

/** One for all of the SDK in this frame. */
export const eventCenter = new Events();
