/** The functions of a store that several instances share, such as Redis. A call that does not settle within 500 ms counts as failed. */
export interface TokenStore {
  /** Resolves with the value of a key; `null` or `undefined` if there is none, or if it has expired. */
  get(key: string): Promise<string | null | undefined>;
  /** Stores a value for `lifeMs` milliseconds. */
  set(key: string, value: string, lifeMs: number): Promise<unknown>;
  /** Stores a value if the key has none yet. Resolves with whether it has stored the value. */
  add(key: string, value: string, lifeMs: number): Promise<boolean>;
}
