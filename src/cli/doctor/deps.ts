/** Side effects of the doctor, given as arguments so that tests can replace them. */
export interface DoctorDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Cryptographically strong. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** UTF-8. Rejects with the system's error. */
  readonly readTextFile: (path: string) => Promise<string>;
  readonly readBinaryFile: (path: string) => Promise<Uint8Array>;
  /** Paths of all files below a folder and behind links, at most `max`: see `served-files.ts`. Rejects if there is no such folder. */
  readonly listFiles: (folder: string, max: number) => Promise<readonly string[]>;
}
