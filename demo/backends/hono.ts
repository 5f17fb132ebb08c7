/** Hono, here on Node; `getConnInfo` comes from another module on Deno, Bun and Workers. */
import { getConnInfo } from '@hono/node-server/conninfo';
import { createTokenEndpoint, firstIdentityOf, type Identify } from 'coze-chat-embed/server';
import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { SESSION_COOKIE, TOKEN_PATH, type Website } from './website.js';

export async function createHonoApp({ oauth, findUser, guests }: Website): Promise<Hono> {
  const bySession: Identify<Context> = async (_request, _claims, context) => {
    const sessionId = getCookie(context, SESSION_COOKIE);
    return sessionId === undefined ? null : findUser(sessionId);
  };
  const tokenEndpoint = createTokenEndpoint<Context>({
    oauth,
    identify: firstIdentityOf(bySession, guests),
    // Behind a proxy this is the proxy's address: then take the header that your proxy sets and nobody else can.
    rateLimit: { clientAddress: (_request, context) => getConnInfo(context).remote.address },
  });
  await tokenEndpoint.ready();

  const app = new Hono();
  // `all`, so that a GET gets the endpoint's own error response, which forbids caching.
  app.all(TOKEN_PATH, (context) => tokenEndpoint(context.req.raw, context));
  return app;
}
