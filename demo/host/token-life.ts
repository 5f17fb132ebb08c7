/** How long the tokens of the demo live: what the visitor of the preview page may choose, and what the host asks Coze for. */

/** Coze's documented default, and the shortest life worth asking the real service for. */
const MIN_REQUEST_SECONDS = 900;

const choicesWithStandIn = [15, 30, 60, 300, 900, 3600] as const;
/** 86399 is the longest life Coze grants. */
const choicesWithRealService = [900, 3600, 14_400, 86_399] as const;
const INITIAL_WITH_STAND_IN = 60;
const INITIAL_WITH_REAL_SERVICE = 3600;

export interface TokenLifeOptions {
  /** Makes the API grant no more than this. Only a stand-in can be told so; without it lives below 900 s are not on offer. */
  readonly capSeconds?: ((seconds: number) => void) | undefined;
}

export class TokenLife {
  readonly choicesSeconds: readonly number[];
  #seconds: number;
  readonly #capSeconds: ((seconds: number) => void) | undefined;

  constructor({ capSeconds }: TokenLifeOptions) {
    this.#capSeconds = capSeconds;
    this.choicesSeconds = capSeconds === undefined ? choicesWithRealService : choicesWithStandIn;
    this.#seconds = capSeconds === undefined ? INITIAL_WITH_REAL_SERVICE : INITIAL_WITH_STAND_IN;
    capSeconds?.(this.#seconds);
  }

  get seconds(): number {
    return this.#seconds;
  }

  /** For `duration_seconds` of the exchange. */
  get requestSeconds(): number {
    return Math.max(MIN_REQUEST_SECONDS, this.#seconds);
  }

  /** Returns whether the life can be had. */
  choose(seconds: number): boolean {
    const shortestSeconds = Math.min(...this.choicesSeconds);
    const longestSeconds = Math.max(...this.choicesSeconds);
    if (!Number.isInteger(seconds) || seconds < shortestSeconds || seconds > longestSeconds) return false;
    this.#seconds = seconds;
    this.#capSeconds?.(seconds);
    return true;
  }
}
