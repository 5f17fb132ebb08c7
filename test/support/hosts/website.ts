/**
 * The website of an app that consists of static files: a token endpoint, the mount with another one, and a cookie with the signed-in user.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { createCozeChat, createTokenEndpoint, fromCozeOAuthConfig } from '../../../src/server/index.js';
import type { RunningServer } from './run.js';

const PACKAGE_FILES = new URL('../../../dist/', import.meta.url);

export interface WebsiteOptions {
  readonly coze: CozeStandIn;
  /** Served at `/`. */
  readonly folder: string;
  /** The package's `dist/`, served at `/coze-chat-embed/`, for apps whose build does not copy it there. */
  readonly packageFolder?: string | undefined;
}

export async function startWebsite({ coze, folder, packageFolder }: WebsiteOptions): Promise<RunningServer> {
  const app = new Hono();
  const identify = (request: Request) => {
    const [, user] = /(?:^|; )session=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
    return user === undefined ? null : { id: user };
  };
  const oauth = fromCozeOAuthConfig(coze.oauthConfig);
  const tokenEndpoint = createTokenEndpoint({ oauth, identify });
  const mount = createCozeChat({ oauth, identify, files: PACKAGE_FILES });
  app.all('/coze/*', ({ req }) => mount(req.raw));
  app.all('/api/coze/token', ({ req }) => tokenEndpoint(req.raw));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  if (packageFolder !== undefined) {
    const rewriteRequestPath = (path: string): string => path.slice('/coze-chat-embed'.length);
    app.get('/coze-chat-embed/*', serveStatic({ root: packageFolder, rewriteRequestPath }));
  }
  app.get('*', serveStatic({ root: folder }));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
