/** Three gateways in processes of their own; one is killed while answers stream through all of them. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { CozeStandIn } from '../../../../demo/coze-stand-in/index.js';
import type { GatewayInstanceOrder } from '../../../support/gateway-instance.js';
import { GATEWAY_SECRET, GatewayClient } from '../../../support/gateway-world.js';
import { HAS_REDIS, startRedis } from '../../../support/redis.js';
import { startSharedApp } from '../../../support/stand-in.js';

const INSTANCES = 3;
const VISITORS = 12;

async function startInstance(order: GatewayInstanceOrder): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const file = fileURLToPath(new URL('../../../support/gateway-instance.ts', import.meta.url));
  const child = fork(file, { execArgv: ['--import', 'tsx'] });
  onTestFinished(async () => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (isRunning && child.kill()) await once(child, 'exit');
  });
  child.send(order);
  const [url] = (await once(child, 'message')) as [string];
  return { process: child, url };
}

/** What was received of an answer, and whether it was complete. */
interface Heard {
  readonly text: string;
  readonly isWhole: boolean;
}

class Listener {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = '';

  constructor(response: Response) {
    if (response.body === null) throw new Error('There is no stream.');
    this.#reader = response.body.getReader();
  }

  /** Reads until the answer has begun. */
  async untilWriting(): Promise<void> {
    while (!this.#text.includes('conversation.message.delta')) await this.#read();
  }

  async untilEnd(): Promise<Heard> {
    try {
      while (await this.#read());
    } catch {
      // The connection broke.
    }
    return { text: this.#text, isWhole: this.#text.endsWith('event:done\ndata:"[DONE]"\n\n') };
  }

  async #read(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    this.#text += new TextDecoder().decode(value);
    return !done;
  }
}

async function begin(coze: CozeStandIn, urls: readonly string[], index: number) {
  const { token } = await GatewayClient.signIn(urls[index % urls.length] ?? '', `visitor-${index}`);
  const at = (instance: number): GatewayClient => new GatewayClient(urls[instance % urls.length] ?? '', token);
  // Started at one instance, and continued at the next.
  const conversation = await at(index + 1).begin(coze.botId);
  const listener = new Listener(await at(index).chat(coze.botId, conversation, `mark-${index}. and more`));
  await listener.untilWriting();
  return { index, at, conversation, listener };
}

it.skipIf(!HAS_REDIS)(
  'A killed gateway of three interrupts only its own answers, and no visitor sees data of another (skipped without redis-server)',
  async () => {
    const coze = await startSharedApp();
    onTestFinished(() => coze.stop());
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const order = { oauthConfig: coze.oauthConfig, botId: coze.botId, redisPath: redis.path, secret: GATEWAY_SECRET };
    const instances = await Promise.all(Array.from({ length: INSTANCES }, () => startInstance(order)));
    const urls = instances.map(({ url }) => url);

    coze.setFaults({ holdLastWord: true });
    const visitors = await Promise.all(Array.from({ length: VISITORS }, (_, index) => begin(coze, urls, index)));
    instances[0]?.process.kill('SIGKILL');
    const broken = visitors.filter(({ index }) => index % INSTANCES === 0);
    const ended = await Promise.all(broken.map(({ listener }) => listener.untilEnd()));
    expect(ended.map(({ isWhole }) => isWhole)).toEqual(broken.map(() => false));

    coze.setFaults({ holdLastWord: false });
    const others = visitors.filter((visitor) => !broken.includes(visitor));
    const went = await Promise.all(others.map(({ listener }) => listener.untilEnd()));
    expect(went.map(({ isWhole }) => isWhole)).toEqual(others.map(() => true));

    // With the visitor's existing token, at an instance that is still running.
    for (const { at, conversation, index } of broken) {
      expect(await at(index + 2).ask(coze.botId, conversation, `mark-${index}. once more`)).toContain('once more');
    }
    for (const [position, { at, conversation, index }] of [...broken, ...others].entries()) {
      const path = `/v1/conversation/message/list?conversation_id=${conversation}`;
      const { body } = await at(index % INSTANCES === 1 ? 2 : 1).call('POST', path, { limit: 20 });
      const seen = `${[...ended, ...went][position]?.text} ${JSON.stringify(body)}`;
      expect(new Set(seen.match(/mark-\d+(?=\.)/g))).toEqual(new Set([`mark-${index}`]));
    }
  },
  60_000,
);
