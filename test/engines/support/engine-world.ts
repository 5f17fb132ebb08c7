/** The environment of the core suite in another engine: the Coze stand-in, a host website, and the browser. */
import { expect } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { HostPageOptions } from '../../e2e/support/host-page.js';
import { startTestHost, type TestHost } from '../../e2e/support/test-host.js';
import type { Engine, EngineBrowser, EnginePage } from './engine.js';
import { EngineChat } from './engine-chat.js';

export class EngineWorld {
  readonly coze: CozeStandIn;
  readonly host: TestHost;
  readonly #browser: EngineBrowser;
  readonly #pages: EnginePage[] = [];

  private constructor(coze: CozeStandIn, host: TestHost, browser: EngineBrowser) {
    this.coze = coze;
    this.host = host;
    this.#browser = browser;
  }

  static async create(engine: Engine): Promise<EngineWorld> {
    const [coze, browser] = await Promise.all([startCozeStandIn(), engine.start()]);
    return new EngineWorld(coze, await startTestHost(coze), browser);
  }

  /** A page with chats, in a browser of its own with the given visitors signed in. */
  async open(options: HostPageOptions): Promise<EngineVisit> {
    const page = await this.#browser.newPage();
    this.#pages.push(page);
    const visit = new EngineVisit(page, this.host.put(options));
    // Cookies can only be set from a page of the site.
    await page.goto(this.host.put({ signedIn: {} }));
    for (const [pane, user] of Object.entries(options.signedIn)) await visit.signIn(pane, user);
    await visit.load();
    return visit;
  }

  /** Between two tests. */
  async afterEach(): Promise<void> {
    for (const page of this.#pages.splice(0)) await page.close();
    this.coze.resetFaults();
    this.coze.clearRequests();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await Promise.all([this.host.stop(), this.coze.stop()]);
  }
}

/** A visitor's page. */
export class EngineVisit {
  readonly page: EnginePage;
  readonly #url: string;

  constructor(page: EnginePage, url: string) {
    this.page = page;
    this.#url = url;
  }

  /** Also waits for the element's script, which `define.js` loads after the page's load event. */
  async load(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.run(() => customElements.whenDefined('coze-chat').then(() => undefined));
  }

  async signIn(pane: string, user: string): Promise<void> {
    const log = (path: string, body: string): Promise<number> => fetch(path, { method: 'POST', body }).then(({ status }) => status);
    expect(await this.page.run(log, `/visitors/${pane}/session`, JSON.stringify({ user }))).toBe(200);
  }

  chat(pane = 'left'): EngineChat {
    return new EngineChat(this.page, pane);
  }
}
