/**
 * Three visitors of one gateway try each other's ids, in paths, queries, bodies and tokens, while requests to the API sometimes fail: no
 * byte of one visitor's data reaches another, and no request with another visitor's conversation reaches the API.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { startStudioStandIn } from '../../demo/studio-stand-in/index.js';
import { type CozeGateway, type CozeGatewayOptions, createCozeGateway, fromCozeOAuthConfig } from '../../src/server/index.js';
import { GATEWAY_SECRET } from './gateway-world.js';
import { startSharedApp } from './stand-in.js';

export interface OwnershipRun {
  readonly api: 'coze' | 'studio';
  readonly times: number;
  readonly random: () => number;
  readonly refute: (counterexample: string) => void;
}

export interface OwnershipFigures {
  readonly calls: number;
  readonly withForeignIds: number;
  readonly answered: number;
  readonly upstream: number;
  readonly faults: number;
}

const ORIGIN = 'https://site.example';
const NAMES = ['alice', 'bob', 'carol'] as const;
const AT_ONCE = 16;
/** Share of all requests to the API. */
const FAULT_SHARE = 0.06;

class Visitor {
  readonly name: string;
  token = '';
  subject = '';
  readonly conversations: string[] = [];
  readonly messages: string[] = [];
  readonly chats: string[] = [];
  readonly files: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** A mark that is part of everything this visitor writes, and of nothing else. */
  get mark(): string {
    return `mark-of-${this.name}`;
  }
}

interface Api {
  readonly options: Partial<CozeGatewayOptions>;
  readonly botId: string;
  readonly isOwnershipProvenHere: boolean;
  stop(): Promise<void>;
}

export async function checkOwnership({ api: kind, times, random, refute }: OwnershipRun): Promise<OwnershipFigures> {
  const api = kind === 'coze' ? await startCoze() : await startStudio();
  try {
    return await new Trial(api, random, refute).run(times);
  } finally {
    await api.stop();
  }
}

async function startCoze(): Promise<Api> {
  const coze = await startSharedApp();
  const options = { oauth: fromCozeOAuthConfig(coze.oauthConfig) } as Partial<CozeGatewayOptions>;
  return { options, botId: coze.botId, isOwnershipProvenHere: false, stop: () => coze.stop() };
}

async function startStudio(): Promise<Api> {
  const studio = await startStudioStandIn();
  const options = { studio: { apiBaseUrl: studio.origin, accessToken: studio.accessToken } } as Partial<CozeGatewayOptions>;
  return { options, botId: studio.botId, isOwnershipProvenHere: true, stop: () => studio.stop() };
}

class Trial {
  readonly #api: Api;
  readonly #random: () => number;
  readonly #refute: (counterexample: string) => void;
  readonly #gateway: CozeGateway;
  readonly #visitors = NAMES.map((name) => new Visitor(name));
  /** The visitor on whose behalf a request reaches the API. */
  readonly #actor = new AsyncLocalStorage<Visitor>();
  readonly #counts = { calls: 0, withForeignIds: 0, answered: 0, upstream: 0, faults: 0 };
  #hasFaults = false;

  constructor(api: Api, random: () => number, refute: (counterexample: string) => void) {
    this.#api = api;
    this.#random = random;
    this.#refute = refute;
    this.#gateway = createCozeGateway({
      ...api.options,
      ...{ bots: [api.botId], secret: GATEWAY_SECRET, rateLimit: false, limits: false, onEvent: () => undefined },
      identify: (request: Request) => ({ id: request.headers.get('cookie') ?? '' }),
      fetch: (input: RequestInfo | URL, init?: RequestInit) => this.#reachApi(String(input), init),
    } as CozeGatewayOptions);
  }

  async run(times: number): Promise<OwnershipFigures> {
    for (const visitor of this.#visitors) await this.#settle(visitor);
    this.#hasFaults = true;
    for (let done = 0; done < times; done += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, times - done) }, () => this.#step()));
    }
    this.#hasFaults = false;
    for (const visitor of this.#visitors) await this.#lookBack(visitor);
    return this.#counts;
  }

  async #settle(visitor: Visitor): Promise<void> {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: visitor.name };
    const response = await this.#gateway(new Request(`${ORIGIN}/coze/token`, { method: 'POST', headers, body: '{}' }));
    const body = (await response.json()) as { access_token: string; subject: string };
    visitor.token = body.access_token;
    visitor.subject = body.subject;
    await this.#send(visitor, 'POST', '/v1/conversation/create', { bot_id: this.#api.botId });
    const [conversation = ''] = visitor.conversations;
    await this.#chat(visitor, conversation, visitor);
    await this.#upload(visitor);
  }

  /** One visitor's call, mostly with ids of another. */
  async #step(): Promise<void> {
    const actor = this.#pick(this.#visitors);
    const owner = this.#random() < 0.6 ? this.#pick(this.#visitors) : actor;
    const conversation = this.#pick(owner.conversations) ?? '1';
    const message = this.#pick(owner.messages) ?? '1';
    const chat = this.#pick(owner.chats) ?? '1';
    if (owner !== actor) this.#counts.withForeignIds += 1;
    const other = { user_id: owner.subject, connector_id: '1024', conversation_id: conversation, creator_id: '1' };
    const list = `/v1/conversation/message/list?conversation_id=${conversation}`;
    const calls: readonly (() => Promise<unknown>)[] = [
      () => this.#send(actor, 'POST', list, { limit: 50, ...other }),
      () => this.#send(actor, 'POST', list, { limit: 5, after_id: message, chat_id: this.#random() < 0.3 ? chat : undefined }),
      () => this.#send(actor, 'POST', `${list}&user_id=${owner.subject}`, { limit: 5 }),
      () => this.#send(actor, 'POST', `${list}&conversation_id=${this.#pick(actor.conversations)}`, { limit: 5 }),
      () => this.#send(actor, 'GET', `/start?bot_id=${this.#api.botId}&limit=20`),
      () => this.#send(actor, 'GET', `/start?bot_id=${this.#api.botId}&limit=20&conversation_id=${conversation}`),
      () => this.#chat(actor, conversation, owner),
      () => this.#chat(actor, this.#pick(actor.conversations) ?? '1', owner),
      () => this.#send(actor, 'GET', `/v1/conversations?bot_id=${this.#api.botId}&page_num=1&page_size=50&user_id=${owner.subject}`),
      () => this.#send(actor, 'PUT', `/v1/conversations/${conversation}`, { name: actor.mark, ...other }),
      () => this.#send(actor, 'POST', `/v1/conversations/${conversation}/clear`),
      () =>
        this.#send(actor, 'POST', '/v3/chat/cancel', {
          conversation_id: this.#random() < 0.5 ? conversation : this.#pick(actor.conversations),
          chat_id: chat,
        }),
      () =>
        this.#send(
          actor,
          'POST',
          `/v1/conversation/message/delete?conversation_id=${this.#pick(actor.conversations)}&message_id=${message}`,
        ),
      () =>
        this.#send(actor, 'POST', `/v1/conversations/${conversation}/messages/${message}/feedback`, { feedback_type: 'like', ...other }),
      () => this.#send(actor, 'GET', `/v1/conversation/retrieve?conversation_id=${conversation}`),
      () => this.#send(actor, 'GET', `/v3/chat/message/list?conversation_id=${conversation}&chat_id=${chat}`),
      () => this.#send(actor, 'POST', '/v1/conversation/create', { bot_id: this.#api.botId, ...other }),
      () => this.#upload(actor),
      () => (owner === actor ? Promise.resolve() : this.#send(actor, 'DELETE', `/v1/conversations/${conversation}`)),
      () => this.#forged(actor, owner, list),
    ];
    await this.#pick(calls)?.();
  }

  #chat(actor: Visitor, conversation: string, owner: Visitor): Promise<string> {
    const file = this.#random() < 0.3 ? this.#pick(owner.files) : undefined;
    const text = { type: 'text', text: `${actor.mark} asks` };
    const content = file === undefined ? text.text : JSON.stringify([text, { type: 'file', file_id: file }]);
    const messages = [{ role: 'user', content, content_type: file === undefined ? 'text' : 'object_string' }];
    const parameters = this.#random() < 0.1 ? { file: JSON.stringify({ file_id: this.#pick(owner.files) ?? '1' }) } : undefined;
    const body = {
      bot_id: this.#api.botId,
      user_id: owner.subject,
      conversation_id: conversation,
      additional_messages: messages,
      parameters,
    };
    return this.#send(actor, 'POST', `/v3/chat?conversation_id=${conversation}`, body);
  }

  async #upload(actor: Visitor): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob([actor.mark]), `${actor.mark}.txt`);
    await this.#fetch(actor, new Request(`${ORIGIN}/coze/v1/files/upload`, { method: 'POST', headers: bearer(actor.token), body: form }));
  }

  /** A token assembled from parts, or another visitor's token with a change. */
  async #forged(actor: Visitor, owner: Visitor, path: string): Promise<void> {
    const parts = owner.token.split('.').map((part, index) => (this.#random() < 0.3 ? (actor.token.split('.')[index] ?? '') : part));
    const changed = parts.join('.');
    const token = changed === owner.token ? `${changed.slice(0, -2)}AA` : changed;
    if (token === actor.token || token === owner.token) return;
    const request = new Request(`${ORIGIN}/coze${path}`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: '{}',
    });
    const response = await this.#gateway(request);
    if (response.status !== 401) this.#refute(`a forged token is answered with ${response.status}`);
    await response.text();
  }

  #send(actor: Visitor, method: string, path: string, body?: object): Promise<string> {
    const headers = { ...bearer(actor.token), ...(body && { 'content-type': 'application/json' }) };
    return this.#fetch(actor, new Request(`${ORIGIN}/coze${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
  }

  async #fetch(actor: Visitor, request: Request): Promise<string> {
    this.#counts.calls += 1;
    const response = await this.#actor.run(actor, () => this.#gateway(request));
    const text = await response.text();
    if (response.ok) this.#counts.answered += 1;
    for (const other of this.#visitors) {
      if (other === actor) continue;
      const secrets = [other.mark, other.subject, ...other.conversations.slice(-40), ...other.files.slice(-40), ...other.chats.slice(-40)];
      const leaked = secrets.find((secret) => secret !== '' && text.includes(secret));
      if (leaked !== undefined) this.#refute(`${request.method} ${request.url} of ${actor.name}: ${leaked} of ${other.name}`);
    }
    this.#learn(actor, new URL(request.url).pathname, text);
    return text;
  }

  /** Collects the ids that the visitor's own chat would learn from the response. */
  #learn(actor: Visitor, path: string, text: string): void {
    const [, chat] = /event:conversation\.chat\.created\ndata:\{"id":"(\d+)"/.exec(text) ?? [];
    if (chat !== undefined) actor.chats.push(chat);
    if (!text.startsWith('{')) return;
    const { code, data } = JSON.parse(text) as { code: number; data?: unknown };
    if (code !== 0) return;
    const { id } = Object(data) as { id?: unknown };
    if (path.endsWith('/conversation/create')) actor.conversations.push(String(id));
    if (path.endsWith('/files/upload')) actor.files.push(String(id));
    if (path.endsWith('/message/list') && Array.isArray(data))
      actor.messages.push(...data.slice(0, 2).map((one: { id: string }) => one.id));
  }

  /** The API, with faults. */
  async #reachApi(url: string, init: RequestInit = {}): Promise<Response> {
    if (!url.includes('/oauth2/')) this.#inspect(url, init);
    this.#counts.upstream += 1;
    const fault = this.#hasFaults && this.#random() < FAULT_SHARE ? Math.floor(this.#random() * 6) : -1;
    if (fault >= 0) this.#counts.faults += 1;
    if (fault === 0) throw new TypeError('fetch failed');
    if (fault === 1) return Response.json({ code: 5000, msg: 'internal of Coze' }, { status: 500 });
    if (fault === 2) return Response.json({ code: 700012006, msg: 'access token invalid' }, { status: 401 });
    if (fault === 3) return Response.json({ code: 4101, msg: 'no permission' });
    const response = await fetch(url, init);
    if (fault === 4) return new Response('<html>bad gateway</html>', { status: 502 });
    if (fault !== 5 || response.body === null) return response;
    return new Response((await response.text()).slice(0, 200), { status: response.status, headers: response.headers });
  }

  #inspect(url: string, { body, redirect }: RequestInit): void {
    const actor = this.#actor.getStore();
    if (redirect !== 'manual') this.#refute(`a redirect would be followed at ${url}`);
    if (actor === undefined || !this.#api.isOwnershipProvenHere) return;
    const sent = `${url} ${typeof body === 'string' ? body : ''}`;
    for (const other of this.#visitors) {
      if (other === actor) continue;
      // The gateway may look up a chat (turn) to find its owner.
      const foreign = [...other.conversations, other.subject].find((id) => id !== '' && sent.includes(id));
      if (foreign !== undefined) this.#refute(`${sent.slice(0, 200)} reaches the API for ${actor.name}`);
    }
  }

  async #lookBack(visitor: Visitor): Promise<void> {
    for (const conversation of visitor.conversations) {
      const text = await this.#send(visitor, 'POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 50 });
      if (!text.startsWith('{"code":0')) this.#refute(`a conversation of ${visitor.name} is gone: ${text}`);
    }
  }

  #pick<T>(choices: readonly [T, ...T[]]): T;
  #pick<T>(choices: readonly T[]): T;
  #pick<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.#random() * choices.length)];
  }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
