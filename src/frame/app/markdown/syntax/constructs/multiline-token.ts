/** Consumes text of one token type that may span several lines. micromark requires a token for each line ending, and allows no empty token. */
import { markdownLineEnding } from 'micromark-util-character';
import type { Code, Effects, TokenType } from 'micromark-util-types';

export class MultilineToken {
  readonly #effects: Effects;
  readonly #type: TokenType;
  #isInside = false;

  constructor(effects: Effects, type: TokenType) {
    this.#effects = effects;
    this.#type = type;
  }

  take(code: Code): void {
    if (markdownLineEnding(code)) {
      this.end();
      this.#effects.enter('lineEnding');
      this.#effects.consume(code);
      this.#effects.exit('lineEnding');
      return;
    }
    if (!this.#isInside) this.#effects.enter(this.#type);
    this.#isInside = true;
    this.#effects.consume(code);
  }

  end(): void {
    if (this.#isInside) this.#effects.exit(this.#type);
    this.#isInside = false;
  }
}
