/** Converts Node's own request and response, which Express and others pass to a handler, to a web `Request` and from a web `Response`. */
import { getMember, isObject, ownOptions } from '../../core/values/own-members.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in Node's own types, which a narrower one would not take
type Listener = (...values: any[]) => void;

/** The members of `http.IncomingMessage` and of Express's request that this package uses. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Has a member `encrypted` on a connection with TLS. */
  readonly socket?: object | undefined;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  readonly pause: () => unknown;
  readonly resume: () => unknown;
  /** `false` when all of the body has been read. */
  readonly readable: boolean;
}

/** The members of `http.ServerResponse` and of Express's response that this package uses. */
export interface NodeResponse {
  statusCode: number;
  readonly writableFinished: boolean;
  readonly writableEnded?: boolean | undefined;
  readonly setHeader: (name: string, value: string | string[]) => unknown;
  /** Returns `false` if the client reads more slowly than this writes; the event `drain` fires when it has caught up. */
  readonly write: (bytes: Uint8Array) => boolean;
  readonly end: (bytes?: Uint8Array) => unknown;
  readonly destroy: () => unknown;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

/** The context for `identify` and `clientAddress`, the same as that of `@hono/node-server`. */
export interface NodeContext {
  readonly incoming: NodeRequest;
  readonly outgoing: NodeResponse;
}

export function isNodeRequest(value: unknown): value is NodeRequest {
  return isObject(value) && typeof getMember(value, 'on') === 'function' && isObject(getMember(value, 'headers')) && !isWebRequest(value);
}

export function isNodeResponse(value: unknown): value is NodeResponse {
  return isObject(value) && typeof getMember(value, 'setHeader') === 'function' && typeof getMember(value, 'end') === 'function';
}

function isWebRequest(value: unknown): value is Request {
  const headers = isObject(value) ? getMember(value, 'headers') : undefined;
  return isObject(headers) && typeof getMember(headers, 'get') === 'function';
}

/**
 * Finds the web request in a handler's argument: the argument itself, or a member of an event (SvelteKit, Astro, Remix) or a context
 * (Hono).
 */
export function findWebRequest(value: unknown): Request | undefined {
  if (!isObject(value)) return undefined;
  const req = getMember(value, 'req');
  return [value, getMember(value, 'request'), isObject(req) ? getMember(req, 'raw') : undefined].find(isWebRequest);
}

/**
 * Responds to Node's request. The `Request` is aborted when the client disconnects. Rejects only when `respond` does: hosts may not await
 * the promise, and an unhandled rejection ends the process.
 */
export async function serveNode(
  incoming: NodeRequest,
  outgoing: NodeResponse,
  respond: (request: Request, context: NodeContext) => Promise<Response>,
): Promise<void> {
  const client = new AbortController();
  listenForLoss(incoming, outgoing, () => {
    // In HTTP/2 a response that its client has cancelled is finished, too, but it was not ended.
    if (!outgoing.writableFinished || outgoing.writableEnded === false) client.abort();
  });
  const body = new NodeBody(incoming);
  const request = findRequest(incoming, body, client.signal);
  const response = request === undefined ? new Response(null, ownOptions({ status: 400 })) : await respond(request, { incoming, outgoing });
  // Unread bytes of this request would block the next one on the connection.
  outgoing.on('finish', body.abandon);
  if (!writeHead(response, outgoing)) return void response.body?.cancel().catch(() => undefined);
  if (isStream(response) && response.body !== null) return sendStream(response.body, outgoing, client.signal);
  try {
    outgoing.end(new Uint8Array(await response.arrayBuffer()));
  } catch {
    outgoing.destroy();
  }
}

/** Member of a socket: the listeners of its responses that wait behind another one. */
const WAITING = Symbol('waiting responses');

/**
 * Calls `listener` when the connection of a response is lost or its response has ended. A response that waits behind another one of its
 * connection (pipelining) has no socket yet, and Node fires no `close` for it.
 */
function listenForLoss({ socket }: NodeRequest, outgoing: NodeResponse, listener: Listener): void {
  outgoing.on('close', listener);
  if (getMember(outgoing, 'socket') !== null || !isEmitter(socket)) return;
  // One listener for all of them: Node warns of more than ten.
  const waiting = (socket[WAITING] ??= listenOnce(socket));
  waiting.add(listener);
  outgoing.on('close', () => waiting.delete(listener));
}

function listenOnce(socket: Emitter): Set<Listener> {
  const waiting = new Set<Listener>();
  socket.on('close', () => waiting.forEach((listener) => listener()));
  return waiting;
}

type Emitter = Pick<NodeRequest, 'on'> & { [WAITING]?: Set<Listener> };

function isEmitter(value: unknown): value is Emitter {
  return isObject(value) && typeof getMember(value, 'on') === 'function';
}

/** `undefined` for a request that Node accepts and the web standard does not. */
function findRequest(incoming: NodeRequest, body: NodeBody, signal: AbortSignal): Request | undefined {
  try {
    return toWebRequest(incoming, body, signal);
  } catch {
    return undefined;
  }
}

/** Returns `false` if other code has responded meanwhile, such as a time limit of the host's. */
function writeHead({ status, headers }: Response, outgoing: NodeResponse): boolean {
  try {
    outgoing.statusCode = status;
    for (const [name, value] of headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
    const cookies = headers.getSetCookie();
    if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
    return true;
  } catch {
    return false;
  }
}

/** Whether the response is streamed; all others are short and sent with their length. */
function isStream({ headers }: Response): boolean {
  return !headers.has('content-length') && /^(?:text\/event-stream|audio\/)/.test(headers.get('content-type') ?? '');
}

/** Reads no faster than the client does. */
async function sendStream(body: ReadableStream<Uint8Array>, outgoing: NodeResponse, gone: AbortSignal): Promise<void> {
  const reader = body.getReader();
  const leave = (): void => void reader.cancel().catch(() => undefined);
  gone.addEventListener('abort', leave);
  if (gone.aborted) return leave();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (!outgoing.write(chunk.value)) await drained(outgoing, gone);
    }
    outgoing.end();
  } catch {
    // `end()` would look like a complete response.
    outgoing.destroy();
  } finally {
    gone.removeEventListener('abort', leave);
  }
}

function drained(outgoing: NodeResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      outgoing.off('drain', finish);
      gone.removeEventListener('abort', finish);
      resolve();
    };
    outgoing.on('drain', finish);
    gone.addEventListener('abort', finish);
    if (gone.aborted) finish();
  });
}

/** Methods that a `Request` may not have (Fetch, "forbidden method"). They are replaced by a method that no endpoint has. */
const FORBIDDEN_METHODS = /^(?:connect|trace|track)$/i;

function toWebRequest(incoming: NodeRequest, body: NodeBody, signal: AbortSignal): Request {
  const { method = 'GET' } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD' && incoming.readable;
  const init = {
    method: FORBIDDEN_METHODS.test(method) ? 'FORBIDDEN' : method,
    headers: toHeaders(incoming),
    signal,
    ...(hasBody && { body: body.toStream(), duplex: 'half' }),
  };
  return new Request(toUrl(incoming), ownOptions(init));
}

function toUrl(incoming: NodeRequest): URL {
  const { url = '/', headers, socket } = incoming;
  const authority = String(headers[':authority'] ?? headers['host'] ?? '');
  const base = `${socket !== undefined && 'encrypted' in socket ? 'https' : 'http'}://${authority}`;
  const result = new URL(URL.canParse(base) ? base : 'http://unknown.invalid');
  // A `Request` may not have a user in its URL; here one could only come from the host header.
  result.username = result.password = '';
  [result.pathname = '/', result.search = ''] = toOriginForm(url).split(/\?(.*)/s);
  return result;
}

/** The path and query of a request target, which may be an absolute URL (RFC 9112 section 3.2.2), whose host must not be used. */
export function toOriginForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '');
}

/** HTTP/2 has the request line among the headers, with a colon before each name. */
function toHeaders({ headers }: NodeRequest): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':') || value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) result.append(name, one);
  }
  return result;
}

/** The body of Node's request as a web stream. */
class NodeBody {
  readonly #incoming: NodeRequest;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(incoming: NodeRequest) {
    this.#incoming = incoming;
  }

  /** May be called once. */
  toStream(): ReadableStream<Uint8Array> {
    const incoming = this.#incoming;
    const source: UnderlyingDefaultSource<Uint8Array> = {
      start: (controller) => {
        this.#controller = controller;
        incoming.on('data', this.#handleData);
        incoming.on('end', this.#handleEnd);
        incoming.on('error', this.#handleError);
        incoming.on('close', this.#handleError);
      },
      pull: () => void incoming.resume(),
      cancel: () => this.#drop(),
    };
    return new ReadableStream<Uint8Array>(ownOptions(source));
  }

  /** Drops the rest of the body, and errors the stream for its reader. */
  readonly abandon = (): void => {
    const controller = this.#controller;
    if (controller === undefined) return;
    this.#drop();
    controller.error(new Error('The body is not read to its end.'));
  };

  /**
   * Discards the rest as it arrives. Node does this only for a body that nobody has begun to read; destroying the request would cut off the response.
   */
  #drop(): void {
    this.#stop();
    this.#incoming.resume();
  }

  #stop(): void {
    this.#controller = undefined;
    this.#incoming.off('data', this.#handleData);
    this.#incoming.off('end', this.#handleEnd);
    this.#incoming.off('error', this.#handleError);
    this.#incoming.off('close', this.#handleError);
  }

  readonly #handleData = (chunk: Uint8Array | string): void => {
    // A text if other code has called `setEncoding()`. Of a text, `Uint8Array` would take the number that is in it for a length.
    this.#controller?.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : new Uint8Array(chunk));
    if ((this.#controller?.desiredSize ?? 0) <= 0) this.#incoming.pause();
  };

  readonly #handleEnd = (): void => {
    const controller = this.#controller;
    this.#stop();
    controller?.close();
  };

  readonly #handleError = (): void => {
    const controller = this.#controller;
    this.#stop();
    controller?.error(new Error('The body broke off.'));
  };
}
