/** What this package needs of a store that several instances share, such as a Redis. One that does not settle within 500 ms counts as failed. */
export interface TokenStore {
  /** The value of a key; `null` or `undefined` where there is none, or its life is over. */
  get(key: string): Promise<string | null | undefined>;
  /** Keeps a value for as many milliseconds. */
  set(key: string, value: string, lifeMs: number): Promise<unknown>;
  /** Keeps a value where there is none yet; resolves with whether it does. */
  add(key: string, value: string, lifeMs: number): Promise<boolean>;
}
