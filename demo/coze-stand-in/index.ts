/**
 * A faithful local stand-in for the Coze API: OAuth by JWT, bots, conversations, streamed chats, files and voice. It plays the other
 * company, so it shares no code with this package; comments beside the code say where a behaviour is documented or was observed.
 */
import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.js';
import { createCatalogue } from './bot/profile.js';
import { type Faults, FaultSwitches } from './faults.js';
import { toSeconds } from './http/envelope.js';
import { IdSource } from './ids.js';
import { createOAuthApp, type OAuthAppCredentials, type OAuthAppKey, restoreOAuthApp } from './oauth/app-key.js';
import { ReplayGuard } from './oauth/replay-guard.js';
import { TokenStore } from './oauth/tokens.js';
import { type RecordedRequest, RequestLog } from './request-log.js';
import { CHAT_SDK_CONNECTOR_ID } from './routes/connector.js';
import type { StandInState } from './state.js';
import { ConversationStore } from './store/conversations.js';
import type { Feedback } from './store/feedback.js';
import { FileStore } from './store/files.js';
import { realWait, type Wait } from './wait.js';

export type { ApiFailure, ChatFault, Faults, OAuthFault, TokenRefusal } from './faults.js';
export type { RecordedRequest } from './request-log.js';
export type { Wait } from './wait.js';

export interface CozeStandInOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** Epoch ms. */
  readonly now?: () => number;
  /** How pauses are made; tests with virtual time pass their own. */
  readonly wait?: Wait;
  /** The state to which `resetFaults` returns; a demo sets its pace here. */
  readonly faults?: Partial<Faults>;
  /** Origin of pictures and files for browsers, if a proxy is in front of the stand-in; by default its own origin. */
  readonly publicOrigin?: string;
  /** Credentials of the service app of an earlier run; without them a new app is created. */
  readonly credentials?: OAuthAppCredentials | undefined;
  /** `aud` values accepted; by default `api.coze.cn`, `api.coze.com` and the stand-in's own host, with and without port. */
  readonly audiences?: readonly string[];
}

/** Content of a `coze_oauth_config.json` as Coze's console provides it. */
export interface CozeOAuthConfig {
  readonly client_type: 'jwt';
  readonly client_id: string;
  readonly coze_www_base: string;
  readonly coze_api_base: string;
  /** PEM, PKCS #8. */
  readonly private_key: string;
  readonly public_key_id: string;
}

export interface CozeStandIn {
  /** Such as `http://127.0.0.1:4310`, without a trailing slash. */
  readonly origin: string;
  /** The configuration of the service app. */
  readonly oauthConfig: CozeOAuthConfig;
  /** A published bot. */
  readonly botId: string;
  /** Another published bot, to show that conversations are kept per bot. */
  readonly secondBotId: string;
  /** A published bot whose name, greeting and suggestions are Chinese. */
  readonly chineseBotId: string;
  /** Exists, but every request for it gets code 4015. */
  readonly unpublishedBotId: string;
  /** A Coze app and its workflow, for ChatFlow. */
  readonly appId: string;
  readonly workflowId: string;
  setFaults(faults: Partial<Faults>): void;
  resetFaults(): void;
  /** Expires the access tokens issued so far; with `sessionName`, only those of that session name. */
  expireTokens(sessionName?: string): void;
  /** The API calls so far (the last 20 000), oldest first. Entries of open streams grow. Never contains tokens. */
  readonly requests: readonly RecordedRequest[];
  clearRequests(): void;
  /** The feedback on a message, which no API returns. */
  feedbackOn(messageId: string): Feedback | undefined;
  /** Gives a visitor this number of conversations with the bot, without a request for each. */
  addConversations(sessionName: string, count: number): void;
  /** Deletes all conversations, so that every visitor is new again. */
  forgetConversations(): void;
  /** Ends all streams and connections. */
  stop(): Promise<void>;
}

const HOSTNAME = '127.0.0.1';

export async function startCozeStandIn(options: CozeStandInOptions = {}): Promise<CozeStandIn> {
  const { credentials } = options;
  const { key, privateKeyPem } = credentials === undefined ? await createOAuthApp() : restoreOAuthApp(credentials);
  const lifetime = new AbortController();
  // Each waiting request adds an abort listener.
  setMaxListeners(0, lifetime.signal);
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) }) as Server;
  const origin = `http://${HOSTNAME}:${await listen(server, options.port ?? 0)}`;
  const state = createState(options, origin, key, lifetime.signal);
  const app = createApp(state);

  return {
    origin,
    oauthConfig: {
      client_type: 'jwt',
      client_id: key.appId,
      coze_www_base: origin,
      coze_api_base: origin,
      private_key: privateKeyPem,
      public_key_id: key.keyId,
    },
    botId: state.catalogue.bot.botId,
    secondBotId: state.catalogue.secondBot.botId,
    chineseBotId: state.catalogue.chineseBot.botId,
    unpublishedBotId: state.catalogue.unpublishedBotId,
    appId: state.catalogue.appId,
    workflowId: state.catalogue.workflowId,
    setFaults: (faults) => state.faults.set(faults),
    resetFaults: () => state.faults.reset(),
    expireTokens: (sessionName) => state.tokens.expire(sessionName),
    get requests() {
      return state.log.all;
    },
    clearRequests: () => state.log.clear(),
    feedbackOn: (messageId) => state.feedback.get(messageId),
    addConversations: (sessionName, count) => {
      const identity = { appId: key.appId, account: '', sessionName };
      const wanted = { connectorId: CHAT_SDK_CONNECTOR_ID, botId: state.catalogue.bot.botId };
      for (let index = 0; index < count; index++) state.conversations.create(identity, { ...wanted, name: `number ${index}` });
    },
    forgetConversations: () => state.conversations.forgetAll(),
    stop: () => {
      lifetime.abort();
      return close(server);
    },
  };
}

function createState(options: CozeStandInOptions, origin: string, key: OAuthAppKey, lifetime: AbortSignal): StandInState {
  const now = options.now ?? Date.now;
  const faults = new FaultSwitches(options.faults);
  const clock = (): number => now() + faults.current.clockOffsetMs;
  const ids = new IdSource();
  const publicOrigin = options.publicOrigin ?? origin;
  return {
    origin: publicOrigin,
    clock,
    wait: options.wait ?? realWait,
    lifetime,
    faults,
    ids,
    log: new RequestLog(),
    oauthKeys: new Map([[key.keyId, key]]),
    audiences: options.audiences ?? ['api.coze.cn', 'api.coze.com', new URL(origin).host, HOSTNAME],
    replays: new ReplayGuard(),
    tokens: new TokenStore(),
    catalogue: createCatalogue(publicOrigin),
    conversations: new ConversationStore(ids, () => toSeconds(clock())),
    waiting: new Map(),
    feedback: new Map(),
    files: new FileStore(ids),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOSTNAME, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
