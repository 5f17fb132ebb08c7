/** Enough for one assertion a second over the longest lifetime of an assertion. */
const DEFAULT_CAPACITY = 100_000;

/** Remembers each `jti` until its assertion has expired, so memory stays bounded and no assertion is accepted twice. */
export class ReplayGuard {
  readonly #capacity: number;
  readonly #forgetAtMs = new Map<string, number>();

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Whether this is the first use and there is room to remember it. `forgetAtMs`: when an assertion with this id expires. */
  admit(issuer: string, jti: string, forgetAtMs: number, nowMs: number): boolean {
    const key = JSON.stringify([issuer, jti]);
    if ((this.#forgetAtMs.get(key) ?? 0) > nowMs) return false;
    this.#forgetExpired(nowMs);
    if (this.#forgetAtMs.size >= this.#capacity) return false;
    this.#forgetAtMs.set(key, forgetAtMs);
    return true;
  }

  get size(): number {
    return this.#forgetAtMs.size;
  }

  #forgetExpired(nowMs: number): void {
    for (const [key, forgetAtMs] of this.#forgetAtMs) {
      if (forgetAtMs <= nowMs) this.#forgetAtMs.delete(key);
    }
  }
}
