/** Fastify. */
import { getRequestListener } from '@hono/node-server';
import { createTokenEndpoint, firstIdentityOf, type Identify } from 'coze-chat-embed/server';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { parse } from 'hono/utils/cookie';
import { SESSION_COOKIE, TOKEN_PATH, type Website } from './website.js';

export async function createFastifyApp({ oauth, findUser, guests }: Website): Promise<FastifyInstance> {
  // The third argument is Fastify's own request: with @fastify/session, `incoming.session` says who it is.
  const bySession: Identify<FastifyRequest> = async (_request, _claims, incoming) => {
    const sessionId = parse(incoming.headers.cookie ?? '')[SESSION_COOKIE];
    return sessionId === undefined ? null : findUser(sessionId);
  };
  const tokenEndpoint = createTokenEndpoint<FastifyRequest>({
    oauth,
    identify: firstIdentityOf(bySession, guests),
    // Heeds "trustProxy": set it to the proxies in front of you, or all visitors share the address of the last one.
    rateLimit: { clientAddress: (_request, incoming) => incoming.ip },
  });
  await tokenEndpoint.ready();

  const app = Fastify();
  await app.register(function tokenRoute(scope, _options, done) {
    // The endpoint reads the body itself, at most 4 KiB of it. Only in this scope; other routes keep their parsers.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_incoming, _body, parsed) => parsed(null));
    // `all`, so that a GET gets the endpoint's own error response, which forbids caching.
    scope.all(TOKEN_PATH, (incoming, reply) => {
      reply.hijack();
      // By default the adapter replaces Request and Response for the whole process.
      const answer = getRequestListener((request) => tokenEndpoint(request, incoming), { overrideGlobalObjects: false });
      return answer(incoming.raw, reply.raw);
    });
    done();
  });
  return app;
}
