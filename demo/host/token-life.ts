/** The lifetime of the demo's tokens: the choices on the preview page, and the host's request to Coze. */

/** Coze's documented default, and the shortest lifetime that is useful with the real service. */
const MIN_REQUEST_SECONDS = 900;

const choicesWithStandIn = [15, 30, 60, 300, 900, 3600] as const;
/** 86399 is the longest lifetime that Coze grants. */
const choicesWithRealService = [900, 3600, 14_400, 86_399] as const;
const INITIAL_WITH_STAND_IN = 60;
const INITIAL_WITH_REAL_SERVICE = 3600;

export interface TokenLifeOptions {
  /** Limits the lifetime that the API grants. Only a stand-in supports this; without it, lifetimes below 900 s are not offered. */
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

  /** The `duration_seconds` of the exchange. */
  get requestSeconds(): number {
    return Math.max(MIN_REQUEST_SECONDS, this.#seconds);
  }

  /** Returns whether this lifetime is available. */
  choose(seconds: number): boolean {
    const shortestSeconds = Math.min(...this.choicesSeconds);
    const longestSeconds = Math.max(...this.choicesSeconds);
    if (!Number.isInteger(seconds) || seconds < shortestSeconds || seconds > longestSeconds) return false;
    this.#seconds = seconds;
    this.#capSeconds?.(seconds);
    return true;
  }
}
