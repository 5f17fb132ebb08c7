/**
 * ChatSDK 0.1.11-beta.19 with the hook from its documentation: request a token from the backend, return it, throw on failure. Nothing is
 * refreshed ahead of time. One rejected hook ends all later refreshes until the page is reloaded, because the promise is kept until it is
 * *fulfilled* (SDK `utils/mini-coze-api`, `refreshToken`).
 */
import type { PolicyFactory, Tab, TokenPolicy } from '../policy.js';

/** After an HTTP 401, the SDK refreshes the token and retries. */
export const rawSdk: PolicyFactory = (tab) => new RawSdk(tab);

/**
 * After a 200 with code 4101 in a stream, as `/v3/chat` responds, the SDK refreshes the token for the next message, and this message fails.
 */
export const rawSdkInStream: PolicyFactory = (tab) => {
  const sdk = new RawSdk(tab);
  return {
    start: () => sdk.start(),
    beforeSend: () => sdk.beforeSend(),
    afterRefusal: (refused) => {
      void sdk.afterRefusal(refused).catch(() => {});
      return Promise.resolve(undefined);
    },
    stop: () => sdk.stop(),
  };
};

class RawSdk implements TokenPolicy {
  readonly #tab: Tab;
  #token = '';
  #refreshing: Promise<string> | undefined;

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  /** The page's own code requests the first token. */
  start(): void {
    this.#askHost().then(
      (token) => (this.#token = token),
      () => {},
    );
  }

  beforeSend(): Promise<string> {
    return Promise.resolve(this.#token);
  }

  async afterRefusal(refused: string): Promise<string> {
    if (this.#refreshing !== undefined) return this.#refreshing;
    if (refused !== this.#token) return this.#token;
    this.#refreshing = this.#askHost();
    this.#token = await this.#refreshing;
    this.#refreshing = undefined;
    return this.#token;
  }

  stop(): void {}

  async #askHost(): Promise<string> {
    const token = await this.#tab.endpoint.request();
    if (token === undefined) throw new Error('The token endpoint is down.');
    return token.value;
  }
}
