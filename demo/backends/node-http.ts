/** Node's own `http`, without a framework. */
import { createServer, type Server } from 'node:http';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { createTokenEndpoint, firstIdentityOf, type Identify } from 'coze-chat-embed/server';
import { parse } from 'hono/utils/cookie';
import { SESSION_COOKIE, TOKEN_PATH, type Website } from './website.js';

/** What the adapter passes to the endpoint in addition to the request. */
type NodeBindings = HttpBindings | Http2Bindings;

export async function createNodeServer({ oauth, findUser, guests }: Website): Promise<Server> {
  const bySession: Identify<NodeBindings> = async (request) => {
    const sessionId = parse(request.headers.get('cookie') ?? '')[SESSION_COOKIE];
    return sessionId === undefined ? null : findUser(sessionId);
  };
  const tokenEndpoint = createTokenEndpoint<NodeBindings>({
    oauth,
    identify: firstIdentityOf(bySession, guests),
    // Behind a proxy this is the proxy's address: then take the header that your proxy sets and nobody else can.
    rateLimit: { clientAddress: (_request, { incoming }) => incoming.socket.remoteAddress },
  });
  await tokenEndpoint.ready();
  // By default the adapter replaces Request and Response for the whole process.
  const answerTokenRequest = getRequestListener(tokenEndpoint, { overrideGlobalObjects: false });

  return createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?', 1)[0];
    if (path === TOKEN_PATH) void answerTokenRequest(incoming, outgoing);
    else outgoing.writeHead(404).end();
  });
}
