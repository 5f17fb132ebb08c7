/** A host website on loopback with the tests' pages and the built bundle. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { createHost } from '../../../demo/host/host.js';
import { startStudioStandIn, type StudioStandIn } from '../../../demo/studio-stand-in/index.js';
import {
  type CozeGateway,
  createCozeGateway,
  createTokenEndpoint,
  fromCozeOAuthConfig,
  type OnMessage,
  type TokenEndpoint,
} from '../../../src/server/index.js';
import { hostPage, type HostPageOptions } from './host-page.js';

const EMBED_DIR = fileURLToPath(new URL('../../../dist', import.meta.url));

export interface TestHost {
  readonly origin: string;
  /** Responses by path; they take precedence. */
  readonly pages: Map<string, Response>;
  /** The paths of the requests so far. Files from the browser's cache do not count. */
  readonly requests: string[];
  /** The upstream of the website's gateways for the API `studio`. */
  readonly studio: StudioStandIn;
  /** Inspects the messages that go through the website's gateways; a test may set it. */
  readonly site: { onMessage?: OnMessage };
  /** Puts a page with chats of the stand-in's bot on the website, and returns its URL. */
  put(options: HostPageOptions): string;
  stop(): Promise<void>;
}

/** @param now epoch ms */
export async function startTestHost(coze: CozeStandIn, now?: () => number): Promise<TestHost> {
  // Browsers request it, and log an error if it is missing.
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
  const studio = await startStudioStandIn();
  const site: TestHost['site'] = {};
  const backends = new Map<string, CozeGateway | TokenEndpoint>();
  const fetch = (request: Request) => {
    const { pathname } = new URL(request.url);
    requests.push(pathname);
    const [path = '', pane = '', kind = ''] = /^\/visitors\/(\w+)\/(gateway|studio|token-cache)\//.exec(pathname) ?? [];
    if (path !== '' && !backends.has(path)) backends.set(path, kind === 'token-cache' ? createEndpoint(pane) : createGateway(pane, kind));
    return pages.get(pathname)?.clone() ?? backends.get(path)?.(request) ?? website.fetch(request);
  };
  /** Uses the website's sessions, and the same session names at Coze as the website's token endpoint. */
  function visitorsOf(pane: string) {
    return {
      rateLimit: false,
      identify: async ({ headers }: Request) => {
        const session = await website.fetch(
          new Request(`${origin}/visitors/${pane}/session`, { headers: { cookie: headers.get('cookie') ?? '' } }),
        );
        const { user } = (await session.json()) as { user: { id: string } | null };
        return user && { id: user.id, tenant: 'tidewater' };
      },
      ...(now && { now }),
    } as const;
  }
  function createEndpoint(pane: string): TokenEndpoint {
    return createTokenEndpoint({ oauth: fromCozeOAuthConfig(coze.oauthConfig), tokenCache: true, ...visitorsOf(pane) });
  }
  function createGateway(pane: string, api: string): CozeGateway {
    const upstream =
      api === 'studio'
        ? { studio: { apiBaseUrl: studio.origin, accessToken: studio.accessToken }, bots: [studio.botId] }
        : {
            oauth: fromCozeOAuthConfig(coze.oauthConfig),
            bots: [coze.botId, coze.secondBotId],
            apps: [{ appId: coze.appId, workflowId: coze.workflowId }],
          };
    return createCozeGateway({
      ...upstream,
      secret: 'the secret of the test website, in thirty-two bytes',
      path: `/visitors/${pane}/${api}`,
      durationSeconds: 60,
      limits: false,
      onMessage: (message) => site.onMessage?.(message),
      ...visitorsOf(pane),
    });
  }
  const server = createAdaptorServer({ fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another site than the API's 127.0.0.1, so that the tests of cookies and CORS are realistic.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    pages,
    requests,
    studio,
    site,
    put(options) {
      const path = `/pages/${pages.size}`;
      const html = hostPage({
        ...options,
        botId: options.botId ?? (options.api === 'studio' ? studio.botId : coze.botId),
        apiBaseUrl: coze.origin,
      });
      pages.set(path, new Response(html, { headers: { 'content-type': 'text/html', ...options.headers } }));
      return `${origin}${path}`;
    },
    stop: async () => {
      server.closeAllConnections();
      await Promise.all([studio.stop(), new Promise<void>((resolve) => server.close(() => resolve()))]);
    },
  };
}
