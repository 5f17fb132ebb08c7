/** The world as the doctor sees it, so that a test can play it. */
export interface DoctorDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Cryptographically strong. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** UTF-8. Rejects with the system's error. */
  readonly readTextFile: (path: string) => Promise<string>;
}
