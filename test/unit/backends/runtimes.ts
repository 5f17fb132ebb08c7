/** Starts each example as its host would, on a free port of this machine. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createExpressApp } from '../../../demo/backends/express.js';
import { createFastifyApp } from '../../../demo/backends/fastify.js';
import { createHonoApp } from '../../../demo/backends/hono.js';
import { createNodeServer } from '../../../demo/backends/node-http.js';
import type { Website } from '../../../demo/backends/website.js';
import { createWorker } from '../../../demo/backends/worker.js';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';

export interface RunningBackend {
  readonly origin: string;
  stop(): Promise<void>;
}

export type StartBackend = (website: Website) => Promise<RunningBackend>;

/** The examples that take a `Website`. */
export const frameworks: Readonly<Record<string, StartBackend>> = {
  'node:http': async (website) => listen(await createNodeServer(website)),
  Express: async (website) => listen(createServer((await createExpressApp(website)) as RequestListener)),
  Fastify: async (website) => {
    const app = await createFastifyApp(website);
    return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), stop: () => app.close() };
  },
  Hono: async (website) => listen(createAdaptorServer(await createHonoApp(website)) as Server),
};

/** A Worker behind an edge that knows the address of its clients, as Cloudflare's does. */
export async function startWorker(coze: CozeStandIn, findUser: Website['findUser']): Promise<RunningBackend> {
  const worker = createWorker();
  const bindings = {
    COZE_OAUTH_CONFIG: JSON.stringify(coze.oauthConfig),
    SESSIONS: { get: async (sessionId: string) => (await findUser(sessionId))?.id ?? null },
  };
  const edge = createAdaptorServer({
    fetch: (request) => {
      const headers = new Headers(request.headers);
      headers.set('cf-connecting-ip', '192.0.2.7');
      return worker.fetch(new Request(request, { headers }), bindings);
    },
  });
  return listen(edge as Server);
}

async function listen(server: Server): Promise<RunningBackend> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
