/** A page with a chat on a distant site, and the visitor's waiting times. */
import type { BrowserContext, Page } from 'playwright';
import * as z from 'zod';
import { ChatPage } from '../../e2e/support/chat-page.js';
import type { Contender } from '../page/contender.js';
import { answeredAfter, usableAfter, watch } from '../page/inside.js';
import { FIELD } from '../page/measure.js';
import { pathOf, TOKEN_ENDPOINT } from '../page/site.js';
import type { Cell } from './cell.js';
import type { DistantSite } from './distant-site.js';
import type { Measured } from './measured.js';
import { NetworkLog } from './network-log.js';

/** The result of `context.storageState()`: cookies and storage, without the browser's cache. */
export type Remembered = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Question {
  readonly text: string;
  /** The beginning of the answer, which appears nowhere else on the page. */
  readonly answer: string;
}

const tokenSchema = z.object({ access_token: z.string() });

export class Visit {
  readonly #site: DistantSite;
  readonly #contender: Contender;
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #log: NetworkLog;

  private constructor(site: DistantSite, contender: Contender, page: Page, log: NetworkLog) {
    this.#site = site;
    this.#contender = contender;
    this.#context = page.context();
    this.#page = page;
    this.#log = log;
  }

  /** Opens a browser with an empty cache; `storageState` makes the visitor a returning one. */
  static async begin(site: DistantSite, contender: Contender, { cpu }: Cell, storageState?: Remembered): Promise<Visit> {
    const context = await site.browser.newContext({ ...(storageState === undefined ? {} : { storageState }) });
    const page = await context.newPage();
    // The TypeScript runner wraps functions in this helper, which pages lack.
    await page.addInitScript('globalThis.__name = (value) => value');
    await page.addInitScript(watch);
    const cdp = await context.newCDPSession(page);
    const log = await NetworkLog.watch(cdp, site.apiOrigin);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    const visit = new Visit(site, contender, page, log);
    if (storageState === undefined) await new ChatPage(page, visit.#url).signIn('left', 'alice');
    return visit;
  }

  get #url(): string {
    return `${this.#site.origin}${pathOf(this.#contender)}`;
  }

  /** Loads the page, and waits until the network is idle. */
  async load(): Promise<void> {
    await this.#page.goto(this.#url);
    await this.#site.untilQuiet();
  }

  /** The first click on the launcher. @param hoverMs how long the pointer hovers before the click */
  async open(history: string, question: Question, hoverMs = 0): Promise<Measured> {
    this.#log.clear();
    const button = this.#page
      .locator(this.#contender.launcher ?? '')
      .filter({ visible: true })
      .first();
    if (hoverMs > 0) {
      await button.hover();
      await this.#page.waitForTimeout(hoverMs);
    }
    await button.click();
    return this.#measure(history, question);
  }

  /** Loads the next page with a chat that was open on this one; the time counts from when that page was loaded. */
  async goOn(history: string, question: Question): Promise<Measured> {
    this.#log.clear();
    await this.#page.goto(this.#url, { waitUntil: 'commit' });
    await this.#page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      window.benchmark.pressedAt = navigation?.responseEnd ?? 0;
    });
    return this.#measure(history, question);
  }

  /** Requests a token for this visitor without the line's delay. */
  async requestToken(): Promise<string> {
    const { origin } = this.#site.host;
    const request = { headers: { origin }, data: { reason: 'initial' } };
    const response = await this.#context.request.post(`${origin}${TOKEN_ENDPOINT}`, request);
    return tokenSchema.parse(await response.json()).access_token;
  }

  /** What the browser keeps after all its pages are closed. */
  remember(): Promise<Remembered> {
    return this.#context.storageState({ indexedDB: true });
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  async #measure(history: string, question: Question): Promise<Measured> {
    const [usableMs, historyMs] = await Promise.all([this.#until(usableAfter, FIELD), this.#until(answeredAfter, history)]);
    const zero = await this.#page.evaluate(() => performance.timeOrigin + window.benchmark.pressedAt);
    await this.#site.untilQuiet();
    const requests = this.#log.requestsSince(zero);
    return { usableMs, historyMs, answeredMs: await this.#ask(question), requests };
  }

  async #ask({ text, answer }: Question): Promise<number> {
    const isFramed = (await this.#page.locator('iframe').count()) > 0;
    const chat = isFramed ? this.#page.locator('iframe').contentFrame() : this.#page.locator('body');
    const field = chat.locator(FIELD).filter({ visible: true }).first();
    // Filled in one step, because the raw SDK loses letters that are typed quickly.
    await field.fill(text);
    const { sender } = this.#contender;
    await (sender === undefined ? field.press('Enter') : chat.locator(sender).click());
    const answeredMs = await this.#until(answeredAfter, answer);
    await this.#site.untilQuiet();
    return answeredMs;
  }

  /** Calls `figure` in each animation frame until it returns a number. */
  async #until(figure: (argument: string) => number | undefined, argument: string): Promise<number> {
    const handle = await this.#page.waitForFunction(figure, argument, { polling: 'raf' });
    return (await handle.jsonValue()) ?? NaN;
  }
}
