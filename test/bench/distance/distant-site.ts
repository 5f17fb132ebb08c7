/** A website and the Coze stand-in, both at the far end of one visitor's connection; between the two servers there is no delay. */
import { type Browser, chromium } from 'playwright';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startTestHost, type TestHost } from '../../e2e/support/test-host.js';
import { chromiumLaunchOptions } from '../../support/chromium.mjs';
import type { Contender } from '../page/contender.js';
import { buildSite } from '../page/site.js';
import type { Cell } from './cell.js';
import { Line } from './line.js';
import { Link, type VisitorLine } from './link.js';

/** How long the token endpoint waits for Coze. */
export const EXCHANGE_MS = 300;

const BYTES_PER_MS_AND_MBIT = 125;

export class DistantSite {
  readonly coze: CozeStandIn;
  readonly host: TestHost;
  readonly browser: Browser;
  /** Origin of the website or of the API, as the visitor's browser sees it. */
  readonly origin: string;
  readonly apiOrigin: string;
  readonly #line: VisitorLine;
  readonly #links: readonly Link[];

  private constructor(
    parts: Pick<DistantSite, 'coze' | 'host' | 'browser' | 'origin' | 'apiOrigin'>,
    line: VisitorLine,
    links: readonly Link[],
  ) {
    this.coze = parts.coze;
    this.host = parts.host;
    this.browser = parts.browser;
    this.origin = parts.origin;
    this.apiOrigin = parts.apiOrigin;
    this.#line = line;
    this.#links = links;
  }

  static async start(contenders: readonly Contender[]): Promise<DistantSite> {
    const line = { up: new Line(), down: new Line() };
    const [toHost, toApi] = [await Link.open(line), await Link.open(line)];
    const apiOrigin = `http://127.0.0.1:${toApi.port}`;
    const coze = await startCozeStandIn({ publicOrigin: apiOrigin, faults: { oauthDelayMs: EXCHANGE_MS } });
    const [host, browser] = await Promise.all([startTestHost(coze), chromium.launch(chromiumLaunchOptions())]);
    toApi.leadTo(Number(new URL(coze.origin).port));
    toHost.leadTo(Number(new URL(host.origin).port));
    await buildSite(host, { apiBaseUrl: apiOrigin, botId: coze.botId }, contenders);
    const origin = `http://localhost:${toHost.port}`;
    return new DistantSite({ coze, host, browser, origin, apiOrigin }, line, [toHost, toApi]);
  }

  /** Applies from now on. */
  moveTo({ rttMs, mbit = Infinity }: Cell): void {
    for (const line of [this.#line.up, this.#line.down]) line.quality = { delayMs: rttMs / 2, bytesPerMs: mbit * BYTES_PER_MS_AND_MBIT };
  }

  /** Waits until the connection has been idle for longer than a page needs before its next request. */
  async untilQuiet(): Promise<void> {
    const QUIET_MS = 600;
    const idleMs = (): number => Math.min(this.#line.up.idleMs, this.#line.down.idleMs);
    while (idleMs() < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, QUIET_MS - idleMs()));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all(this.#links.map((link) => link.close()));
    await Promise.all([this.host.stop(), this.coze.stop()]);
  }
}
