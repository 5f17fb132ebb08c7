/** The complete small server: the chat below its path, `/healthz`, `/metrics`, and optionally a page to try the chat. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { type CozeChat, createCozeChat } from '../../server/coze-chat.js';
import { type NodeContext, toOriginForm } from '../../server/http/node-request.js';
import { anonymousVisitor } from '../../server/identity/anonymous-visitor.js';
import { firstIdentityOf } from '../../server/identity/first-identity.js';
import type { Identify } from '../../server/identity/identity.js';
import { verifyIdentityToken } from '../../server/identity/identity-token.js';
import type { OperatorEvent } from '../../server/reporting/operator-event.js';
import { createMetrics, type Metrics } from './metrics.js';
import { connectCounters } from './redis-counters.js';
import type { ServeSettings } from './settings.js';
import { describeWarning } from './variable-names.js';

export interface SidecarOptions {
  readonly settings: ServeSettings;
  /** Logs one JSON object per event. */
  readonly log: (entry: object) => void;
  /** HTML of the page at `/`; if it is `undefined`, the response is 404. */
  readonly page?: string | undefined;
  /** Whether the server runs on plain http on this machine, where browsers may drop `Secure` cookies. */
  readonly isDevelopment?: boolean | undefined;
  /** The package's `dist/`, if this code is not in it. */
  readonly files?: URL | undefined;
  readonly stopWithinMs?: number | undefined;
}

export interface Sidecar {
  readonly origin: string;
  /** Completes the open requests and accepts no others; `/healthz` answers 503 meanwhile. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 10_000;

/** @throws ServerConfigurationError, or the system's error if the port is taken */
export async function startSidecar(options: SidecarOptions): Promise<Sidecar> {
  const { settings, log, stopWithinMs = STOP_WITHIN_MS } = options;
  const metrics = createMetrics();
  const counters = settings.redisUrl === undefined ? undefined : connectCounters(settings.redisUrl, settings);
  const report = (event: OperatorEvent): void => {
    metrics.countEvent(event);
    log({ level: toLevel(event), ...event, ...(event.type === 'warning' && { message: describeWarning(event) }) });
  };
  let isStopping = false;
  const chat = createChat(options, report, counters?.store);
  try {
    await chat.ready();
    const server = createServer((request, response) => {
      response.on('close', () => {
        metrics.countResponse(response.statusCode);
        // Of a request that came before the stop: its connection would stay open for some seconds.
        if (isStopping) server.closeIdleConnections();
      });
      // A keep-alive connection would keep the server from ending.
      if (isStopping) response.setHeader('connection', 'close');
      void route(request, response, { chat, metrics, options, isStopping: () => isStopping });
    });
    const origin = await listen(server, settings);
    return {
      origin,
      stop: async () => {
        isStopping = true;
        await close(server, stopWithinMs);
        counters?.close();
      },
    };
  } catch (error) {
    counters?.close();
    throw error;
  }
}

function createChat(
  { settings, isDevelopment = false, files }: SidecarOptions,
  onEvent: (event: OperatorEvent) => void,
  store: ReturnType<typeof connectCounters>['store'] | undefined,
): CozeChat<NodeContext> {
  const { oauth, allowedOrigins, path, namespace, tokenCache, clientAddressHeader } = settings;
  const clientAddress = (request: Request, { incoming }: NodeContext): string | null | undefined =>
    clientAddressHeader === undefined
      ? (incoming.socket as { remoteAddress?: string } | undefined)?.remoteAddress
      : request.headers.get(clientAddressHeader);
  const countsAddresses = clientAddressHeader !== undefined || isDevelopment;
  return createCozeChat<NodeContext>({
    oauth,
    identify: createIdentify(settings, isDevelopment),
    allowedOrigins,
    path,
    namespace,
    tokenCache,
    onEvent,
    ...(files !== undefined && { files }),
    rateLimit: { ...(countsAddresses && { clientAddress }), ...(store !== undefined && { store }) },
  });
}

function createIdentify({ identity, visitorCookieSecret, allowedOrigins }: ServeSettings, isDevelopment: boolean): Identify<NodeContext> {
  const strategies: Identify<NodeContext>[] = [];
  if (identity !== undefined) {
    const { secret, jwks, audience, issuer, tenantClaim } = identity;
    const common = { audience, ...(issuer !== undefined && { issuer }), ...(tenantClaim !== undefined && { tenantClaim }) };
    strategies.push(
      jwks === undefined ? verifyIdentityToken({ ...common, secret: secret ?? '' }) : verifyIdentityToken({ ...common, jwks }),
    );
  }
  if (visitorCookieSecret !== undefined) {
    const isThirdParty = allowedOrigins.length > 0;
    strategies.push(
      anonymousVisitor({ cookieSecret: visitorCookieSecret, secure: !isDevelopment, sameSite: isThirdParty ? 'none' : 'lax' }),
    );
  }
  return firstIdentityOf(...strategies);
}

interface Routes {
  readonly chat: CozeChat<NodeContext>;
  readonly metrics: Metrics;
  readonly options: SidecarOptions;
  readonly isStopping: () => boolean;
}

async function route(request: IncomingMessage, response: ServerResponse, { chat, metrics, options, isStopping }: Routes): Promise<void> {
  const path = toOriginForm(request.url ?? '').split('?', 1)[0] ?? '';
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (path === '/healthz' && isRead) return send(response, isStopping() ? 503 : 200, 'text/plain', isStopping() ? 'stopping\n' : 'ok\n');
  if (path === '/metrics' && isRead) return send(response, 200, metrics.contentType, await metrics.text());
  if (path === '/' && isRead && options.page !== undefined) return send(response, 200, 'text/html; charset=utf-8', options.page);
  if (path.startsWith(`${options.settings.path.replace(/\/$/, '')}/`)) {
    await chat(request, response).catch(() => send(response, 500, 'text/plain', 'error\n'));
    return;
  }
  send(response, 404, 'text/plain', 'There is nothing here.\n');
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(text);
}

function toLevel(event: OperatorEvent): 'info' | 'warn' | 'error' {
  if (event.type === 'warning') return 'warn';
  return event.type === 'request_refused' && event.status >= 500 ? 'error' : 'info';
}

/** Addresses that `localhost` reaches, because this name usually has an IPv4 address. */
const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '0.0.0.0', '::']);

async function listen(server: Server, { host, port }: ServeSettings): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return `http://${toHostName(host)}:${taken}`;
}

function toHostName(host: string): string {
  if (LOCAL_HOSTS.has(host)) return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

/** Completes the open requests; connections that take longer are closed. */
function close(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}
