/** The exclusive locks of https://w3c.github.io/web-locks/, for one origin. */
type Grant = (lock: Lock | null) => unknown;

export class FakeLocks implements Pick<LockManager, 'request'> {
  /** The names of the requested locks. */
  readonly names: string[] = [];
  readonly #tails = new Map<string, Promise<unknown>>();

  async request<T>(name: string, options: LockOptions | Grant, granted?: (lock: Lock | null) => T): Promise<Awaited<T>> {
    if (typeof options === 'function' || granted === undefined) throw new TypeError('Only with options.');
    this.names.push(name);
    const { signal } = options;
    const before = this.#tails.get(name) ?? Promise.resolve();
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#tails.set(
      name,
      before.then(() => released),
    );
    try {
      await Promise.race([before, aborted(signal)]);
      return await granted({ name, mode: 'exclusive' });
    } finally {
      release();
    }
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  });
}
