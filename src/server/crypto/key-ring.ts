import type { SigningKey } from './signing-key.js';

/** One key, or two while the key pair is being rotated; remembers which one Coze accepts. */
export class KeyRing {
  readonly #keys: readonly SigningKey[];
  #current: SigningKey;

  constructor(first: SigningKey, ...others: readonly SigningKey[]) {
    this.#keys = [first, ...others];
    this.#current = first;
  }

  /** The keys in the order in which to try them: first the one that Coze accepted last. */
  inOrder(): readonly [SigningKey, ...SigningKey[]] {
    return [this.#current, ...this.#keys.filter((key) => key !== this.#current)];
  }

  /** Resolves when every key can sign; rejects with a `ServerConfigurationError`. */
  async load(): Promise<void> {
    await Promise.all(this.#keys.map((key) => key.load()));
  }

  /** Makes the key that Coze has accepted the first to try. Returns whether another key was the first before. */
  promote(accepted: SigningKey): boolean {
    const isChange = accepted !== this.#current;
    this.#current = accepted;
    return isChange;
  }
}
