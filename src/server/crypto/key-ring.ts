import type { SigningKey } from './assertion.js';

/** One key, or two while the key pair is being rotated; remembers which of them Coze accepts. */
export class KeyRing {
  readonly #keys: readonly SigningKey[];
  #current: SigningKey;

  constructor(first: SigningKey, ...others: readonly SigningKey[]) {
    this.#keys = [first, ...others];
    this.#current = first;
  }

  /** The key to sign with. */
  get current(): SigningKey {
    return this.#current;
  }

  /** The key to try when Coze refuses the given one. */
  alternativeTo(refused: SigningKey): SigningKey | undefined {
    return this.#keys.find((key) => key !== refused);
  }

  /** From now on signs with a key that Coze has accepted. Says whether that is news. */
  promote(accepted: SigningKey): boolean {
    const isNews = accepted !== this.#current;
    this.#current = accepted;
    return isNews;
  }
}
