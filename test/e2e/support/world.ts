/** Everything an end-to-end test runs against: the Coze stand-in, a host website, a real Chromium, and the built bundle between them. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { chromium, type Browser, type BrowserContext } from 'playwright';
import { startCozeStandIn, type CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { createHost } from '../../../demo/host/host.js';
import { chromiumLaunchOptions } from '../../support/chromium.mjs';
import { ChatPage } from './chat-page.js';
import { watchConsole } from './console-watch.js';
import { hostPage, type HostPageOptions } from './host-page.js';

const embedDir = fileURLToPath(new URL('../../../dist', import.meta.url));

export interface OpenOptions extends HostPageOptions {
  /** Console errors and failed requests this test brings about on purpose; any other fails the test. */
  readonly expectedErrors?: readonly RegExp[];
  /** Opens in this context instead of a new one: the same visitor in another tab. */
  readonly context?: BrowserContext;
}

/** A host website whose test pages are put there by the tests. */
interface TestHost {
  readonly origin: string;
  readonly pages: Map<string, Response>;
  stop(): Promise<void>;
}

export class World {
  readonly coze: CozeStandIn;
  readonly host: TestHost;
  readonly browser: Browser;
  readonly #checks: (() => void)[] = [];
  readonly #contexts: BrowserContext[] = [];

  private constructor(coze: CozeStandIn, host: TestHost, browser: Browser) {
    this.coze = coze;
    this.host = host;
    this.browser = browser;
  }

  static async create(): Promise<World> {
    const [coze, browser] = await Promise.all([startCozeStandIn(), chromium.launch(chromiumLaunchOptions())]);
    return new World(coze, await startTestHost(coze), browser);
  }

  /** A page of the host with chats on it, in a browser of its own unless a context is given. */
  async open({ expectedErrors = [], context, ...options }: OpenOptions): Promise<ChatPage> {
    const browserContext = context ?? (await this.browser.newContext());
    if (context === undefined) this.#contexts.push(browserContext);
    const page = await browserContext.newPage();
    this.#checks.push(watchConsole(page, expectedErrors));
    const path = `/pages/${this.host.pages.size}`;
    const html = hostPage({ ...options, botId: options.botId ?? this.coze.botId, apiBaseUrl: this.coze.origin });
    this.host.pages.set(path, new Response(html, { headers: { 'content-type': 'text/html', ...options.headers } }));
    const chatPage = new ChatPage(page, `${this.host.origin}${path}`);
    for (const [pane, user] of Object.entries(options.signedIn)) await chatPage.signIn(pane, user);
    await chatPage.load();
    return chatPage;
  }

  /** Between two tests: closes the pages, resets the API, and fails on a console error nobody expected. */
  async afterEach(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    this.coze.resetFaults();
    this.coze.clearRequests();
    for (const check of this.#checks.splice(0)) check();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all([this.host.stop(), this.coze.stop()]);
  }
}

async function startTestHost(coze: CozeStandIn): Promise<TestHost> {
  // Browsers ask for it, and complain in the console when it is missing.
  const pages = new Map([['/favicon.ico', new Response(null, { status: 204 })]]);
  const website = createHost({
    oauthConfig: coze.oauthConfig,
    botId: coze.botId,
    embedDir,
    rateLimit: false,
    capTokenLifeSeconds: (maxTokenLifeSeconds) => coze.setFaults({ maxTokenLifeSeconds }),
  });
  const fetch = (request: Request) => pages.get(new URL(request.url).pathname)?.clone() ?? website.fetch(request);
  const server = createAdaptorServer({ fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // Another site than the API's 127.0.0.1, so that cookies and CORS are real.
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    pages,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
