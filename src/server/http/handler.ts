/** Accepts the arguments with which servers and frameworks call a handler. */
import { findWebRequest, isNodeRequest, isNodeResponse, type NodeRequest, type NodeResponse, serveNode } from './node-request.js';

/** A handler for Node, Workers, Deno, Bun, and the frameworks on them. */
export interface RequestHandler<Context = unknown> {
  /**
   * Responds to a request. Every failure is a response.
   *
   * @param context for `identify` and `clientAddress`: what the server passes with the request, such as the bindings of a Worker
   */
  (request: Request, context?: Context): Promise<Response>;
  /**
   * Responds to a request in the form of Node, as Express passes it: `app.all(path, handler)`. The context of `identify` and `clientAddress` is then
   * `{ incoming, outgoing }`.
   */
  (incoming: NodeRequest, outgoing: NodeResponse): Promise<void>;
  /**
   * Resolves when everything is loaded that the first request would otherwise wait for. Rejects with a `ServerConfigurationError` for mistakes that
   * only loading finds: await it at the start of the server.
   */
  readonly ready: () => Promise<void>;
}

type Respond = (request: Request, context: unknown) => Promise<Response>;

/** @param name of the variable in which hosts keep the handler, for the error message about a wrong call */
export function createHandler<Context>(respond: Respond, { name, ready }: { name: string; ready: () => Promise<void> }) {
  function handle(first: unknown, second?: unknown): Promise<Response | void> {
    if (isNodeRequest(first) && isNodeResponse(second)) return serveNode(first, second, respond);
    const request = findWebRequest(first);
    if (request === undefined) {
      throw new TypeError(
        `coze-chat-embed: ${name} was called with neither a web Request nor the request and response of Node. Wrap it in what your framework has for it: "(…) => ${name}(request)", or getRequestListener(${name}) of @hono/node-server.`,
      );
    }
    return respond(request, request === first ? second : first);
  }
  return Object.assign(handle as RequestHandler<Context>, { ready });
}
