/** The figures of one page, measured in a browser context of its own. */
import type { BrowserContext, CDPSession, Locator, Page } from 'playwright';
import { ChatPage } from '../../e2e/support/chat-page.js';
import type { World } from '../../e2e/support/world.js';
import { type Contender, hasChat } from './contender.js';
import { answeredAfter, usableAfter, watch } from './inside.js';
import { pathOf } from './site.js';

/** Figures of one run; those that do not apply to a page are left out. */
export type Figures = Readonly<Record<string, number>>;

export interface Conditions {
  /** How many times slower than this machine the page's processor runs. */
  readonly cpuSlowdown: number;
}

const HOVER_MS = 200;
const SETTLE_MS = 500;
/** The input field of any chat. */
export const FIELD = 'textarea, [contenteditable="true"], input[type="text"]';

/** Measures the page load; the first click; the click in a second page with all files cached; and the click after a short hover. */
export async function measure(world: World, contender: Contender, conditions: Conditions): Promise<Figures> {
  const opened = await open(world, contender, conditions);
  try {
    const load = await opened.load();
    if (!hasChat(contender)) return load;
    if (contender.launcher === undefined) return { ...load, ...(await opened.withoutLauncher()) };
    const cold = await opened.click();
    const bytes = { 'until usable, B': opened.bytes() };
    await opened.settle();
    const heap = { 'heap after open, MB': await opened.heapMb() };
    const answer = { 'sent → first of the answer, ms': await opened.ask() };
    await opened.load();
    const warm = await opened.click();
    await opened.load();
    const hovered = await opened.click(HOVER_MS);
    return {
      ...load,
      ...bytes,
      'click → usable, cold, ms': cold,
      'click → usable, warm, ms': warm,
      ...heap,
      ...answer,
      'click → usable, warm, after hover, ms': hovered,
      'click → usable, cold, after hover, ms': await coldAfterHover(world, contender, conditions),
    };
  } finally {
    await opened.close();
  }
}

/** How much the heap grows when the chat is opened and closed fifty times. */
export async function measureToggling(world: World, contender: Contender): Promise<Figures> {
  const opened = await open(world, contender, { cpuSlowdown: 1 });
  try {
    await opened.load();
    await opened.click();
    await opened.settle();
    const before = await opened.heapMb();
    for (let times = 0; times < 50; times++) {
      await opened.toggle();
      await opened.click();
    }
    await opened.settle();
    return { 'heap growth over 50 × open and close, MB': (await opened.heapMb()) - before };
  } finally {
    await opened.close();
  }
}

async function coldAfterHover(world: World, contender: Contender, conditions: Conditions): Promise<number> {
  const opened = await open(world, contender, conditions);
  try {
    await opened.load();
    return await opened.click(HOVER_MS);
  } finally {
    await opened.close();
  }
}

async function open(world: World, contender: Contender, { cpuSlowdown }: Conditions): Promise<OpenPage> {
  // The visitor must have no history, or the expected answer would be visible before the question.
  world.coze.forgetConversations();
  const context = await world.browser.newContext();
  const page = await context.newPage();
  const url = `${world.host.origin}${pathOf(contender)}`;
  await new ChatPage(page, url).signIn('left', 'alice');
  // The TypeScript runner wraps functions in this helper, which pages lack.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(watch);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  return new OpenPage(context, page, cdp, contender, url);
}

class OpenPage {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #cdp: CDPSession;
  readonly #url: string;
  readonly #contender: Contender;
  #bytes = 0;

  constructor(context: BrowserContext, page: Page, cdp: CDPSession, contender: Contender, url: string) {
    this.#context = context;
    this.#page = page;
    this.#cdp = cdp;
    this.#url = url;
    this.#contender = contender;
    // The page itself writes the frame's document, so Chromium reports that it finishes loading without a request.
    const sent = new Set<string>();
    cdp.on('Network.requestWillBeSent', ({ requestId }) => sent.add(requestId));
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (sent.has(requestId)) this.#bytes += encodedDataLength;
    });
  }

  /** Bytes on the wire since the last page load, including headers. */
  bytes(): number {
    return this.#bytes;
  }

  async load(): Promise<Figures> {
    this.#bytes = 0;
    await this.#page.goto(this.#url);
    await this.settle();
    const { longTasks, layoutShift } = await this.#page.evaluate(() => window.benchmark);
    return {
      'before interaction, B': this.#bytes,
      'script at load, ms': await this.#scriptMs(),
      'long tasks at load': longTasks.length,
      'longest task at load, ms': Math.max(0, ...longTasks),
      'layout shift': layoutShift,
    };
  }

  /** Milliseconds from the click until the visitor can write. */
  async click(hoverMs = 0): Promise<number> {
    const button = this.#button();
    if (hoverMs > 0) {
      await button.hover();
      await this.#page.waitForTimeout(hoverMs);
    }
    const usable = this.#inFrame(usableAfter, FIELD);
    await button.click();
    return usable;
  }

  /** For a chat that is visible from the start: everything that was loaded counts as needed for using it. */
  async withoutLauncher(): Promise<Figures> {
    await this.#inFrame(usableAfter, FIELD);
    await this.settle();
    return {
      'until usable, B': this.bytes(),
      'heap after open, MB': await this.heapMb(),
      'sent → first of the answer, ms': await this.ask(),
    };
  }

  /** Closes the chat if it is open, and opens it if it is closed. */
  async toggle(): Promise<void> {
    await this.#button().click();
  }

  /** Milliseconds from sending until the first words of the answer; every backend responds at once. */
  async ask(): Promise<number> {
    const isFramed = (await this.#page.locator('iframe').count()) > 0;
    const chat = isFramed ? this.#page.locator('iframe').contentFrame() : this.#page.locator('body');
    const field = chat.locator(FIELD).filter({ visible: true }).first();
    // Filled in one step, because the raw SDK loses letters that are typed quickly.
    await field.fill('measure');
    const answered = this.#inFrame(answeredAfter, 'You said');
    await this.settle();
    const { sender } = this.#contender;
    await (sender === undefined ? field.press('Enter') : chat.locator(sender).click());
    return answered;
  }

  settle(): Promise<void> {
    return this.#page.waitForTimeout(SETTLE_MS);
  }

  async heapMb(): Promise<number> {
    await this.#cdp.send('HeapProfiler.collectGarbage');
    return (await this.#metric('JSHeapUsedSize')) / 1e6;
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** The button that opens or closes the chat. */
  #button(): Locator {
    return this.#page
      .locator(this.#contender.launcher ?? '')
      .filter({ visible: true })
      .first();
  }

  /**
   * Calls `figure` in each animation frame until it returns a value. Started before the measured action, because Playwright's own code
   * takes some 15 ms of the page.
   */
  async #inFrame<Argument>(figure: (argument: Argument) => number | undefined, argument: Argument): Promise<number> {
    const handle = await this.#page.waitForFunction(figure as (argument: unknown) => number | undefined, argument, { polling: 'raf' });
    return (await handle.jsonValue()) ?? NaN;
  }

  async #scriptMs(): Promise<number> {
    return (await this.#metric('ScriptDuration')) * 1000;
  }

  async #metric(name: string): Promise<number> {
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === name)?.value ?? NaN;
  }
}
