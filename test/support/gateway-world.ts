/** A gateway on a port of this machine, in front of the Coze stand-in, and visitors who use it as the chat does. */
import { createServer, type Server } from 'node:http';
import type { CozeStandIn } from '../../demo/coze-stand-in/index.js';
import { type CozeGatewayOptions, createCozeGateway, fromCozeOAuthConfig, type OperatorEvent } from '../../src/server/index.js';
import { close, listen } from './loopback.js';
import { startSharedApp } from './stand-in.js';

export const GATEWAY_SECRET = 'the secret of the site, thirty-two bytes or more of it';

export interface GatewayWorld {
  readonly coze: CozeStandIn;
  /** The chat's `api-base-url`. */
  readonly url: string;
  readonly events: OperatorEvent[];
  /** Visitors are identified by the id that they claim: the proof of an identity is tested elsewhere. */
  visitor(id: string): Promise<GatewayClient>;
  stop(): Promise<void>;
}

type Changes = Partial<Omit<CozeGatewayOptions, 'oauth' | 'studio'>>;

export function gatewayOptions(coze: CozeStandIn, changes: Changes = {}): CozeGatewayOptions {
  return {
    oauth: fromCozeOAuthConfig(coze.oauthConfig),
    bots: [coze.botId],
    secret: GATEWAY_SECRET,
    identify: (request: Request) => ({ id: request.headers.get('cookie') ?? '' }),
    rateLimit: false,
    limits: false,
    onEvent: () => undefined,
    ...changes,
  } as CozeGatewayOptions;
}

export async function startGatewayWorld(changes: Changes | ((coze: CozeStandIn) => Changes) = {}): Promise<GatewayWorld> {
  const coze = await startSharedApp();
  const events: OperatorEvent[] = [];
  const own = typeof changes === 'function' ? changes(coze) : changes;
  const options = gatewayOptions(coze, { onEvent: (event) => events.push(event), ...own });
  const { url, server } = await serveGateway(options);
  return {
    coze,
    url,
    events,
    visitor: (id) => GatewayClient.signIn(url, id),
    stop: async () => void (await Promise.all([close(server), coze.stop()])),
  };
}

export async function serveGateway(options: CozeGatewayOptions): Promise<{ readonly url: string; readonly server: Server }> {
  const gateway = createCozeGateway(options);
  const server = createServer((request, response) => void gateway(request, response));
  return { url: `${await listen(server)}/coze`, server };
}

export interface ApiResponse {
  readonly status: number;
  readonly body: { readonly code?: number; readonly data?: unknown; readonly [name: string]: unknown };
}

/** Sends the requests of one visitor's chat. */
export class GatewayClient {
  readonly url: string;
  readonly token: string;
  readonly subject: string;

  constructor(url: string, token: string, subject = '') {
    this.url = url;
    this.token = token;
    this.subject = subject;
  }

  static async signIn(url: string, id: string): Promise<GatewayClient> {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: id };
    const response = await fetch(`${url}/token`, { method: 'POST', headers, body: '{}' });
    const { access_token: token, subject } = (await response.json()) as { access_token: string; subject: string };
    return new GatewayClient(url, token, subject);
  }

  fetch(method: string, path: string, body?: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...init.headers,
    };
    return fetch(`${this.url}${path}`, { ...init, method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  }

  async call(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    const response = await this.fetch(method, path, body);
    return { status: response.status, body: (await response.json()) as ApiResponse['body'] };
  }

  async begin(botId: string): Promise<string> {
    const { body } = await this.call('POST', '/v1/conversation/create', { bot_id: botId, connector_id: '999' });
    return String((body.data as { id?: string } | undefined)?.id ?? '');
  }

  chat(botId: string, conversationId: string, text: string, init: RequestInit = {}): Promise<Response> {
    const additional_messages = [{ role: 'user', content: text, content_type: 'text' }];
    const body = { bot_id: botId, user_id: 'mallory', connector_id: '1024', stream: false, additional_messages };
    return this.fetch('POST', `/v3/chat?conversation_id=${conversationId}`, body, init);
  }

  async ask(botId: string, conversationId: string, text: string): Promise<string> {
    return (await this.chat(botId, conversationId, text)).text();
  }

  async upload(content: BlobPart, name = 'plan.pdf', type = 'application/pdf'): Promise<ApiResponse> {
    const form = new FormData();
    form.append('file', new Blob([content], { type }), name);
    const response = await fetch(`${this.url}/v1/files/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      body: form,
    });
    return { status: response.status, body: (await response.json()) as ApiResponse['body'] };
  }
}
