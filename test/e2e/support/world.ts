/** The environment of an end-to-end test: the Coze stand-in, a host website, a real Chromium, and the built bundle. */
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { chromiumLaunchOptions } from '../../support/chromium.mjs';
import { startSharedApp } from '../../support/stand-in.js';
import { watchConsole } from './browser-reports.js';
import { ChatPage } from './chat-page.js';
import type { Api, HostPageOptions } from './host-page.js';
import { startTestHost, type TestHost } from './test-host.js';

export interface OpenOptions extends HostPageOptions {
  /** Console errors and failed requests that the test provokes; any other fails the test. */
  readonly expectedErrors?: readonly RegExp[];
  /** Opens the page in this context instead of a new one: the same visitor in another tab. */
  readonly context?: BrowserContext;
}

/** The clock of the API and of the website. */
interface CommandedClock {
  aheadMs: number;
}

/**
 * One browser for all files that run in a process: each test has contexts of its own, and starting a browser costs as much as several
 * tests.
 */
let browser: Promise<Browser> | undefined;
function launchOnce(): Promise<Browser> {
  return (browser ??= chromium.launch(chromiumLaunchOptions()));
}

export class World {
  readonly coze: CozeStandIn;
  readonly host: TestHost;
  readonly browser: Browser;
  /** The API for tests that do not choose one: the same tests run against both. */
  readonly api: Api = process.env['E2E_API'] === 'gateway' ? 'gateway' : 'coze';
  readonly #clock: CommandedClock;
  readonly #checks: (() => void)[] = [];
  readonly #contexts: BrowserContext[] = [];

  private constructor(coze: CozeStandIn, host: TestHost, browser: Browser, clock: CommandedClock) {
    this.coze = coze;
    this.host = host;
    this.browser = browser;
    this.#clock = clock;
  }

  static async create(): Promise<World> {
    const clock = { aheadMs: 0 };
    const now = () => Date.now() + clock.aheadMs;
    const [coze, browser] = await Promise.all([startSharedApp({ now }), launchOnce()]);
    return new World(coze, await startTestHost(coze, now), browser, clock);
  }

  /** A visitor's browser, prepared before any page is loaded; closed after the test. */
  async newContext(browser = this.browser): Promise<BrowserContext> {
    const context = await browser.newContext();
    this.#contexts.push(context);
    return context;
  }

  /**
   * A browser whose pages have a clock for {@link passTime} from the start. If the clock were installed later, Playwright would fail for a
   * frame that is just loading.
   */
  async newContextWithClock(): Promise<BrowserContext> {
    const context = await this.newContext();
    await context.clock.install();
    return context;
  }

  /** A host page with chats, in a browser of its own unless a context is given. */
  async open({ expectedErrors = [], context, ...given }: OpenOptions): Promise<ChatPage> {
    const options = { api: this.api, ...given };
    const page = await (context ?? (await this.newContext())).newPage();
    this.#checks.push(watchConsole(page, expectedErrors));
    const chatPage = new ChatPage(page, this.host.put(options));
    for (const [pane, user] of Object.entries(options.signedIn)) await chatPage.signIn(pane, user);
    await chatPage.load();
    return chatPage;
  }

  /** Advances time at once for the API, the website, and this page, which must come from {@link newContextWithClock}. */
  async passTime({ page }: ChatPage, ms: number): Promise<void> {
    this.#clock.aheadMs += ms;
    await page.clock.fastForward(ms);
  }

  /** Between two tests: closes the pages, resets the API, and fails on an unexpected console error. */
  async afterEach(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    this.coze.resetFaults();
    this.coze.clearRequests();
    for (const check of this.#checks.splice(0)) check();
  }

  async close(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
    // In a Vitest worker the browser is kept for the next file, and Playwright closes it with the worker; a program would not end.
    if (process.env['VITEST'] === undefined) {
      browser = undefined;
      await this.browser.close();
    }
    await Promise.all([this.host.stop(), this.coze.stop()]);
  }
}

/** A world for one file: created before its tests, reset after each of them, closed after the last. */
export function setUpWorld(onCreated: (world: World) => void): void {
  let world: World | undefined;
  beforeAll(async () => {
    world = await World.create();
    onCreated(world);
  });
  afterEach(() => world?.afterEach());
  afterAll(() => world?.close());
}
