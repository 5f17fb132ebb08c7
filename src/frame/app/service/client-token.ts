/** Keeps the token of the SDK's API client valid for every request, and replaces a token that the API rejects. */
import type { HostApi } from '../../contract.js';
import type { OutgoingRequest } from '../../platform/axios/contract.js';
import { isAuthError, NoTokenError } from '../errors/api-error-code.js';

interface ChatRequest {
  readonly config: OutgoingRequest;
  /** The token with which the request was first sent. */
  readonly token: string;
}

export class ClientToken {
  readonly #client: { token: string };
  readonly #host: Pick<HostApi, 'getAccessToken' | 'refreshAccessToken'>;
  #chatRequest: ChatRequest | undefined;

  constructor(client: { token: string }, host: Pick<HostApi, 'getAccessToken' | 'refreshAccessToken'>) {
    this.#client = client;
    this.#host = host;
  }

  /** `Authorization` header with the present token. */
  get authorization(): string {
    return authorization(this.#client.token);
  }

  fresh(): Promise<string> {
    return this.#setToken(this.#host.getAccessToken());
  }

  replace(rejected: string): Promise<string> {
    return this.#setToken(this.#host.refreshAccessToken(rejected));
  }

  async authorize(config: OutgoingRequest): Promise<void> {
    config.headers.set('Authorization', authorization(await this.fresh()));
  }

  /** Records a chat request that is about to be sent. */
  recordChatRequest(config: OutgoingRequest): void {
    this.#chatRequest = { config, token: this.#client.token };
  }

  /**
   * Token of the last chat request. `undefined` if the SDK has already retried that request with another token, after an HTTP 401: it then
   * changes the header in the same `config`.
   */
  get chatRequestToken(): string | undefined {
    const { config, token } = this.#chatRequest ?? {};
    return token !== undefined && config?.headers.get('Authorization') === authorization(token) ? token : undefined;
  }

  /** Runs `request`. If that throws an auth error, runs it once more with another token. */
  async retryWithNewToken<T>(request: () => Promise<T>): Promise<T> {
    const token = await this.fresh();
    try {
      return await request();
    } catch (error) {
      if (!isAuthError(error)) throw error;
      await this.replace(token);
      return request();
    }
  }

  async #setToken(pending: Promise<string>): Promise<string> {
    const token = await pending;
    if (token === '') throw new NoTokenError();
    this.#client.token = token;
    return token;
  }
}

const authorization = (token: string): string => `Bearer ${token}`;
