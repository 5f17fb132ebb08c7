/** The token of the SDK's API client: valid whenever something is sent with it, and replaced where the API has refused it. */
import type { HostApi } from '../../contract.js';
import type { OutgoingRequest } from '../../platform/axios/contract.js';
import { isAuthError, NoTokenError } from '../errors/api-error-code.js';

interface ChatRequest {
  readonly config: OutgoingRequest;
  /** As it was first sent. */
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

  /** The `Authorization` header of what is sent now. */
  get authorization(): string {
    return authorization(this.#client.token);
  }

  fresh(): Promise<string> {
    return this.#apply(this.#host.getAccessToken());
  }

  replace(refused: string): Promise<string> {
    return this.#apply(this.#host.refreshAccessToken(refused));
  }

  async authorize(config: OutgoingRequest): Promise<void> {
    config.headers.set('Authorization', authorization(await this.fresh()));
  }

  /** `config` is about to be sent, as the question of a turn. */
  noteChatRequest(config: OutgoingRequest): void {
    this.#chatRequest = { config, token: this.#client.token };
  }

  /** That of the last question, unless the SDK has retried it already: an HTTP 401, with another token in the same request. */
  get ofChatRequest(): string | undefined {
    const { config, token } = this.#chatRequest ?? {};
    return token !== undefined && config?.headers.get('Authorization') === authorization(token) ? token : undefined;
  }

  /** Repeats `request` once, with another token, when it throws an auth error. */
  async retryRefused<T>(request: () => Promise<T>): Promise<T> {
    const token = await this.fresh();
    try {
      return await request();
    } catch (error) {
      if (!isAuthError(error)) throw error;
      await this.replace(token);
      return request();
    }
  }

  async #apply(coming: Promise<string>): Promise<string> {
    const token = await coming;
    if (token === '') throw new NoTokenError();
    this.#client.token = token;
    return token;
  }
}

const authorization = (token: string): string => `Bearer ${token}`;
