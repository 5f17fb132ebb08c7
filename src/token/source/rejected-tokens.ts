/** Remembers the tokens that Coze has rejected, because an endpoint with a cache may send one again. */

/** Enough, because a late response can only contain a token that was current a moment ago. */
const MAX_REMEMBERED = 8;

export class RejectedTokens {
  #values: readonly string[] = [];

  add(value: string): void {
    if (!this.has(value)) this.#values = [...this.#values, value].slice(-MAX_REMEMBERED);
  }

  has(value: string): boolean {
    return this.#values.includes(value);
  }

  clear(): void {
    this.#values = [];
  }
}
