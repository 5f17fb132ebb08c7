import { randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';

/** The parts of an assertion; each test changes one. */
export interface AssertionParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly privateKeyPem: string;
}

/** A valid assertion for the time `nowSeconds`. */
export function goodAssertion({ oauthConfig }: CozeStandIn, nowSeconds = Math.floor(Date.now() / 1000)): AssertionParts {
  return {
    header: { alg: 'RS256', typ: 'JWT', kid: oauthConfig.public_key_id },
    claims: {
      iss: oauthConfig.client_id,
      aud: 'api.coze.cn',
      iat: nowSeconds,
      exp: nowSeconds + 600,
      jti: randomUUID(),
      session_name: 'alice',
    },
    privateKeyPem: oauthConfig.private_key,
  };
}

export async function sign({ header, claims, privateKeyPem }: AssertionParts): Promise<string> {
  const key = await importPKCS8(privateKeyPem, 'RS256');
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', ...header }).sign(key);
}

export const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Exchanges an assertion, as a backend does. */
export function exchange(
  standIn: CozeStandIn,
  jwt: string,
  body: unknown = { grant_type: JWT_BEARER_GRANT },
  path = '/api/permission/oauth2/token',
): Promise<Response> {
  return fetch(standIn.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${jwt}` },
    body: JSON.stringify(body),
  });
}

export interface Session {
  readonly token: string;
  get(path: string): Promise<Response>;
  post(path: string, body?: unknown): Promise<Response>;
  put(path: string, body?: unknown): Promise<Response>;
  delete(path: string): Promise<Response>;
}

export function sessionOf(standIn: CozeStandIn, token: string): Session {
  const authorization = `Bearer ${token}`;
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(standIn.origin + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    token,
    get: (path) => fetch(standIn.origin + path, { headers: { authorization } }),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path),
  };
}

/** A token for one `session_name`; `undefined` leaves the claim out. */
export async function logIn(
  standIn: CozeStandIn,
  sessionName: string | undefined,
  options: { readonly body?: Readonly<Record<string, unknown>>; readonly path?: string; readonly nowSeconds?: number } = {},
): Promise<Session> {
  const good = goodAssertion(standIn, options.nowSeconds);
  const jwt = await sign({ ...good, claims: { ...good.claims, session_name: sessionName } });
  const response = await exchange(standIn, jwt, { grant_type: JWT_BEARER_GRANT, ...options.body }, options.path);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return sessionOf(standIn, token);
}

export interface Envelope<Data> {
  readonly code: number;
  readonly msg: string;
  readonly data: Data;
  readonly detail: { readonly logid: string };
  readonly first_id?: string;
  readonly last_id?: string;
  readonly has_more?: boolean;
}

export const envelope = async <Data = unknown>(response: Response | Promise<Response>): Promise<Envelope<Data>> =>
  (await (await response).json()) as Envelope<Data>;

export interface WireMessage {
  readonly id: string;
  readonly chat_id: string;
  readonly section_id: string;
  readonly role: string;
  readonly type: string;
  readonly content: string;
  readonly content_type: string;
}

export interface WireConversation {
  readonly id: string;
  readonly last_section_id: string;
  readonly creator_id: string;
  readonly connector_id: string;
  readonly name: string;
}

export async function createConversation(standIn: CozeStandIn, session: Session): Promise<WireConversation> {
  return (await envelope<WireConversation>(session.post('/v1/conversation/create', { bot_id: standIn.botId, connector_id: '999' }))).data;
}

export const listConversations = (standIn: CozeStandIn, session: Session): Promise<Response> =>
  session.get(`/v1/conversations?bot_id=${standIn.botId}&connector_id=999&page_num=1&page_size=50`);

export const listMessages = (session: Session, conversationId: string, body: unknown = {}): Promise<Response> =>
  session.post(`/v1/conversation/message/list?conversation_id=${conversationId}`, body);

export const textMessage = (content: string) => ({ role: 'user', content, content_type: 'text' });

export const startChat = (
  standIn: CozeStandIn,
  session: Session,
  conversationId: string,
  text: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Response> =>
  session.post(`/v3/chat?conversation_id=${conversationId}`, {
    bot_id: standIn.botId,
    user_id: 'u1',
    connector_id: '999',
    stream: true,
    additional_messages: [textMessage(text)],
    ...more,
  });

export interface WireEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Reads Coze's event streams line by line, with and without the space after the colon. */
export function parseEvents(text: string): readonly WireEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, event = '', data = ''] = /^event: ?(.*)\ndata: ?(.*)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) as unknown };
    });
}

export const names = (events: readonly WireEvent[]): readonly string[] => events.map((one) => one.event);

/** The answer, joined from its deltas. */
export function answerText(events: readonly WireEvent[]): string {
  return events
    .filter((one) => one.event === 'conversation.message.delta')
    .map((one) => (one.data as WireMessage).content)
    .join('');
}

/** Sends a text and reads the whole answer. */
export async function ask(standIn: CozeStandIn, session: Session, conversationId: string, text: string): Promise<string> {
  const response = await startChat(standIn, session, conversationId, text);
  return answerText(parseEvents(await response.text()));
}
