/** A host website on loopback whose test pages are put there by the tests, and the built bundle beside them. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { createHost } from '../../../demo/host/host.js';
import { type CozeGateway, createCozeGateway, fromCozeOAuthConfig } from '../../../src/server/index.js';
import { hostPage, type HostPageOptions } from './host-page.js';

const EMBED_DIR = fileURLToPath(new URL('../../../dist', import.meta.url));

export interface TestHost {
  readonly origin: string;
  /** What it answers by path, before anything else. */
  readonly pages: Map<string, Response>;
  /** The paths of the requests so far. What a browser has in its cache is not asked for. */
  readonly requests: string[];
  /** Puts a page with chats of the stand-in's bot on the website, and gives its URL. */
  put(options: HostPageOptions): string;
  stop(): Promise<void>;
}

/** @param now epoch ms */
export async function startTestHost(coze: CozeStandIn, now?: () => number): Promise<TestHost> {
  // Browsers ask for it, and complain in the console when it is missing.
  const pages = new Map<string, Response>([['/favicon.ico', new Response(null, { status: 204 })]]);
  const website = createHost({
    oauthConfig: coze.oauthConfig,
    botId: coze.botId,
    embedDir: EMBED_DIR,
    rateLimit: false,
    now,
    capTokenLifeSeconds: (maxTokenLifeSeconds) => coze.setFaults({ maxTokenLifeSeconds }),
  });
  const requests: string[] = [];
  const gateways = new Map<string, CozeGateway>();
  const fetch = (request: Request) => {
    const { pathname } = new URL(request.url);
    requests.push(pathname);
    const [, pane = ''] = /^\/visitors\/(\w+)\/gateway\//.exec(pathname) ?? [];
    if (pane !== '' && !gateways.has(pane)) gateways.set(pane, createGateway(pane));
    return pages.get(pathname)?.clone() ?? gateways.get(pane)?.(request) ?? website.fetch(request);
  };
  /** With the website's sessions. */
  function createGateway(pane: string): CozeGateway {
    return createCozeGateway({
      oauth: fromCozeOAuthConfig(coze.oauthConfig),
      bots: [coze.botId, coze.secondBotId],
      apps: [{ appId: coze.appId, workflowId: coze.workflowId }],
      secret: 'the secret of the test website, in thirty-two bytes',
      path: `/visitors/${pane}/gateway`,
      durationSeconds: 60,
      rateLimit: false,
      limits: false,
      identify: async ({ headers }) => {
        const session = await website.fetch(
          new Request(`${origin}/visitors/${pane}/session`, { headers: { cookie: headers.get('cookie') ?? '' } }),
        );
        const { user } = (await session.json()) as { user: { id: string } | null };
        return user && { id: user.id };
      },
      ...(now && { now }),
    });
  }
  const server = createAdaptorServer({ fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another site than the API's 127.0.0.1, so that cookies and CORS are real.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    pages,
    requests,
    put(options) {
      const path = `/pages/${pages.size}`;
      const html = hostPage({ ...options, botId: options.botId ?? coze.botId, apiBaseUrl: coze.origin });
      pages.set(path, new Response(html, { headers: { 'content-type': 'text/html', ...options.headers } }));
      return `${origin}${path}`;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
