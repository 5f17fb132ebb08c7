/** Remembers what Coze has refused, because an endpoint with a cache of its own may hand it out again. */

/** A late request can bring back only a token that was current a moment ago. */
const REMEMBERED = 8;

export class RejectedTokens {
  #values: readonly string[] = [];

  add(value: string): void {
    if (!this.has(value)) this.#values = [...this.#values, value].slice(-REMEMBERED);
  }

  has(value: string): boolean {
    return this.#values.includes(value);
  }

  clear(): void {
    this.#values = [];
  }
}
