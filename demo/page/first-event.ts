/** Resolves with the first event of one of the types, or when `timeoutMs` have passed. */
export function firstEvent(target: EventTarget, types: readonly string[], timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const finish = (): void => {
      clearTimeout(timer);
      listening.abort();
      resolve();
    };
    const timer = setTimeout(finish, timeoutMs);
    for (const type of types) target.addEventListener(type, finish, { signal: listening.signal });
  });
}
