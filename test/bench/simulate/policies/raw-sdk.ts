/**
 * What ChatSDK 0.1.11-beta.19 does with the hook its documentation shows: ask the backend, return the token, throw when that fails.
 * Nothing is refreshed ahead of time. One rejected hook ends all later refreshes until the page is loaded anew, because the promise is
 * kept until it has been *fulfilled* (SDK `utils/mini-coze-api`, `refreshToken`).
 */
import type { PolicyFactory, Tab, TokenPolicy } from '../policy.js';

/** Answered HTTP 401, the SDK refreshes and sends once more. */
export const rawSdk: PolicyFactory = (tab) => new RawSdk(tab);

/** Answered 200 and code 4101 in a stream, as `/v3/chat` does, it refreshes for the next time, and the message has failed. */
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

  /** The page's own code asks for the first token. */
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
