/** Express. */
import { getRequestListener } from '@hono/node-server';
import { createTokenEndpoint, firstIdentityOf, type Identify } from 'coze-chat-embed/server';
import express, { type Express, type Request as ExpressRequest } from 'express';
import { parse } from 'hono/utils/cookie';
import { SESSION_COOKIE, TOKEN_PATH, type Website } from './website.js';

export async function createExpressApp({ oauth, findUser, guests }: Website): Promise<Express> {
  // The third argument is Express's own request: with express-session, `incoming.session` says who it is.
  const bySession: Identify<ExpressRequest> = async (_request, _claims, incoming) => {
    const sessionId = parse(incoming.headers.cookie ?? '')[SESSION_COOKIE];
    return sessionId === undefined ? null : findUser(sessionId);
  };
  const tokenEndpoint = createTokenEndpoint<ExpressRequest>({
    oauth,
    identify: firstIdentityOf(bySession, guests),
    // Heeds "trust proxy": set it to the proxies in front of you, or all visitors share the address of the last one.
    rateLimit: { clientAddress: (_request, incoming) => incoming.ip },
  });
  await tokenEndpoint.ready();

  const app = express();
  // Above express.json(), which would consume the body. `all`, so that a GET gets the endpoint's own error response, which forbids caching.
  app.all(TOKEN_PATH, (incoming, outgoing) => {
    // By default the adapter replaces Request and Response for the whole process.
    const answer = getRequestListener((request) => tokenEndpoint(request, incoming), { overrideGlobalObjects: false });
    return answer(incoming, outgoing);
  });
  app.use(express.json());
  return app;
}
