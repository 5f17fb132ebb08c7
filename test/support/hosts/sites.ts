/** Shared by the tests of `test/hosts/`: Coze, a browser, and sites that are installed one after the other. */
import { createServer } from 'node:http';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { CozeChatElement } from '../../../src/index.js';
import { watchConsole } from '../../e2e/support/browser-reports.js';
import { PaneChat } from '../../e2e/support/chat-page.js';
import { chromiumLaunchOptions } from '../chromium.mjs';
import { close, listen } from '../loopback.js';
import { type App, openWorkshop, type Workshop } from './app.js';
import { run, type RunningServer, startServer } from './run.js';

export interface Sites {
  readonly coze: () => CozeStandIn;
  /** The app is removed after the test. */
  readonly install: (name: string) => Promise<App>;
  /** Opens the site in a browser of its own, which has no cookies unless a user is signed in. */
  readonly open: (site: RunningServer, user?: string, expectedErrors?: readonly RegExp[]) => Promise<Page>;
  /** Opens the chat on the page; resolves when it is usable. */
  readonly openChat: (page: Page) => Promise<PaneChat>;
  readonly untilFinished: (server: RunningServer) => RunningServer;
  /** Starts a site with the package in its backend, and lets two anonymous visitors chat on it. */
  readonly checkServer: (server: Server) => Promise<void>;
}

/** A site with a backend of its own. */
export interface Server {
  readonly name: string;
  /** Whether `init` writes the missing files. */
  readonly isInitialized?: boolean;
  readonly isBuilt?: boolean;
  readonly program?: string;
  readonly args: readonly string[];
  /** Additional checks of the site. */
  readonly check?: (site: RunningServer) => Promise<void>;
}

/** To be called outside of tests. @param names of the sites, in the order of the tests */
export function setUpSites(names: readonly string[]): Sites {
  let coze: CozeStandIn;
  let workshop: Workshop;
  let browser: Browser;
  const installs = new Map<string, Promise<App>>();

  beforeAll(async () => {
    coze = await startCozeStandIn();
    workshop = await openWorkshop(coze);
    browser = await chromium.launch(chromiumLaunchOptions());
  });
  afterAll(async () => {
    await Promise.allSettled(installs.values());
    await browser.close();
    await workshop.close();
    await coze.stop();
  });

  function startInstall(name: string): Promise<App> {
    const started = installs.get(name) ?? workshop.install(name);
    installs.set(name, started);
    return started;
  }

  /** An installation mostly waits, so the next site's runs during the build and the chat of this one. */
  async function install(name: string): Promise<App> {
    const app = await startInstall(name);
    const next = names[names.indexOf(name) + 1];
    // If it fails, that site's own test reports it.
    if (next !== undefined) startInstall(next).catch(() => undefined);
    onTestFinished(() => app.remove());
    return app;
  }

  function untilFinished(server: RunningServer): RunningServer {
    onTestFinished(() => server.stop());
    return server;
  }

  async function open({ origin }: RunningServer, user?: string, expectedErrors: readonly RegExp[] = []): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    if (user !== undefined) await context.addCookies([{ name: 'session', value: user, url: origin }]);
    const page = await context.newPage();
    onTestFinished(watchConsole(page, expectedErrors));
    await page.goto(origin);
    return page;
  }

  async function openChat(page: Page): Promise<PaneChat> {
    const chat = new PaneChat(page.locator('coze-chat'));
    await page.waitForFunction(() => customElements.get('coze-chat') !== undefined);
    // By method instead of a click, because the panel may still be open from the previous page.
    await chat.element.evaluate((element: CozeChatElement) => element.show());
    await chat.untilIdle();
    return chat;
  }

  async function checkServer({ name, isInitialized = false, isBuilt = false, program, args, check }: Server): Promise<void> {
    const app = await install(name);
    const cwd = app.folder;
    if (isInitialized) {
      const command = ['node_modules/coze-chat-embed/dist/cli.js', 'init'];
      expect(await run(process.execPath, command, { cwd })).toMatch(/Wrote \S*(?:coze-chat|\/coze\/)/);
    }
    if (isBuilt) await app.build();
    const port = await findFreePort();
    // The port is fixed in advance, because some runtimes do not report theirs, and SvelteKit needs to know its own origin.
    const env = {
      PORT: port,
      HOST: '127.0.0.1',
      ORIGIN: `http://localhost:${port}`,
      VISITOR_COOKIE_SECRET: '0123456789abcdef0123456789abcdef',
    };
    const site = untilFinished(await startServer(args, { cwd, env }, program === undefined ? undefined : `${cwd}/${program}`));

    const onesPage = await open(site);
    await (await openChat(onesPage)).ask('of pearls');
    const others = await openChat(await open(site));
    await others.ask('of pebbles');
    expect(await others.text()).not.toContain('pearls');
    await onesPage.reload();
    await (await openChat(onesPage)).answerTo('of pearls').waitFor();
    expect((await fetch(`${site.origin}/coze/health`)).status).toBe(200);
    await check?.(site);
  }

  return { coze: () => coze, install, open, openChat, untilFinished, checkServer };
}

async function findFreePort(): Promise<string> {
  const server = createServer();
  const { port } = new URL(await listen(server));
  await close(server);
  return port;
}
