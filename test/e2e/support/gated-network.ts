/**
 * A network between a browser and its servers that holds back all requests: those that wait are released together, and only when the page
 * sends no more. The number of releases is the number of sequential round trips, whatever the machine's speed.
 */
import { createServer, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import type { Page } from 'playwright';
import { close, listen } from '../../support/loopback.js';

/** The network is quiet after this time without a request, if the page is idle. */
const QUIET_MS = 250;

interface Held {
  readonly name: string;
  letThrough(): Promise<void>;
}

export class GatedNetwork {
  readonly #servers: Server[] = [];
  #held: Held[] = [];
  #isHeld: (name: string) => boolean = () => false;
  #lastAskedAtMs = 0;

  /** @returns the origin that replaces `target` */
  async before(target: string, host = '127.0.0.1'): Promise<string> {
    const server = createServer((incoming, response) => this.#handle(target, incoming, response));
    this.#servers.push(server);
    const origin = await listen(server);
    return `http://${host}:${new URL(origin).port}`;
  }

  /** Holds back all later requests with matching names such as `POST /v3/chat`. */
  hold(isHeld: (name: string) => boolean = () => true): void {
    this.#isHeld = isHeld;
  }

  async open(): Promise<void> {
    this.#isHeld = () => false;
    await this.#letThrough();
  }

  /** Releases the waiting requests, again and again, until `isDone`. @returns the requests of each round */
  async roundsUntil(page: Page, isDone: () => Promise<boolean>): Promise<readonly (readonly string[])[]> {
    const rounds: (readonly string[])[] = [];
    for (;;) {
      await this.#untilQuiet(page);
      if (await isDone()) return rounds;
      if (this.#held.length === 0) throw new Error(`Nothing is asked for any more after ${JSON.stringify(rounds, null, 1)}`);
      rounds.push(await this.#letThrough());
    }
  }

  /** The waiting requests, once the page sends no more. */
  async held(page: Page): Promise<readonly string[]> {
    await this.#untilQuiet(page);
    return this.#held.map(({ name }) => name);
  }

  async stop(): Promise<void> {
    await this.open();
    await Promise.all(this.#servers.map((server) => (server.closeAllConnections(), close(server))));
  }

  async #letThrough(): Promise<readonly string[]> {
    const held = this.#held;
    this.#held = [];
    await Promise.all(held.map((request) => request.letThrough()));
    return held.map(({ name }) => name);
  }

  async #untilQuiet(page: Page): Promise<void> {
    this.#lastAskedAtMs = performance.now();
    for (let restMs = QUIET_MS; restMs > 0; restMs = this.#lastAskedAtMs + QUIET_MS - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, restMs));
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    }
  }

  #handle(target: string, incoming: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '' } = incoming;
    const name = `${method} ${url.split('?')[0] ?? ''}`;
    this.#lastAskedAtMs = performance.now();
    const letThrough = (): Promise<void> =>
      new Promise((resolve) => {
        response.once('close', resolve);
        const outgoing = forward(new URL(url, target), { method, headers: incoming.headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        outgoing.once('error', () => response.destroy());
        response.once('close', () => outgoing.destroy());
        incoming.pipe(outgoing);
      });
    if (this.#isHeld(name)) this.#held.push({ name, letThrough });
    else void letThrough();
  }
}
