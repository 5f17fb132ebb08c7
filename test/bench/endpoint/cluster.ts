/**
 * Three instances of the endpoint that share a Redis, under load behind a balancer that knows nothing of their health, and one of them is killed.
 * What is looked for: an answer of somebody else's, a token of somebody else's, and a request that nobody serves although it is sent again.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startRedis } from '../../support/redis.js';
import type { InstanceOrder } from './instance.js';
import { percentile } from './percentile.js';

export interface ClusterConditions {
  readonly instances: number;
  /** Connections, each for ten visitors in turn, one request after another. */
  readonly clients: number;
  readonly requestsPerClient: number;
  /** After this share of the requests one instance is killed. */
  readonly killedAfter: number;
  readonly requestsPerVisitorAndMinute: number;
}

export interface ClusterFigures extends ClusterConditions {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Of the requests that were served, a second attempt included. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Attempts that broke off or found nobody. Each request had a second one, at the next instance. */
  readonly broken: number;
  readonly notServed: number;
  readonly wrongSubjects: number;
  /** Tokens with which we looked whose conversations they open, from every instance. */
  readonly tokensTried: number;
  readonly wrongTokens: number;
  /** A visitor who asks half as often again as is allowed, at all instances. */
  readonly greedyVisitor: { readonly asked: number; readonly served: number };
}

interface Served {
  readonly user: string;
  readonly instance: number;
  readonly token: string;
}

export async function runCluster(conditions: ClusterConditions): Promise<ClusterFigures> {
  const coze = await startCozeStandIn();
  const redis = await startRedis();
  const processes: ChildProcess[] = [];
  try {
    const perSubject = { requests: conditions.requestsPerVisitorAndMinute, perSeconds: 60 };
    const order: InstanceOrder = { oauthConfig: coze.oauthConfig, redisPath: redis.path, perSubject };
    const urls = await Promise.all(Array.from({ length: conditions.instances }, () => startInstance(processes, order)));
    const load = await putUnderLoad(urls, conditions, () => processes[0]?.kill('SIGKILL'));
    return { ...conditions, ...load.figures, ...(await tryTokens(coze, load.served)) };
  } finally {
    await Promise.all(processes.map(end));
    await redis.stop();
    await coze.stop();
  }
}

async function startInstance(processes: ChildProcess[], order: InstanceOrder): Promise<string> {
  const instance = fork(fileURLToPath(new URL('instance.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  processes.push(instance);
  instance.send(order);
  const [url] = (await once(instance, 'message')) as [string];
  return url;
}

async function end(instance: ChildProcess): Promise<void> {
  const isRunning = instance.exitCode === null && instance.signalCode === null;
  if (isRunning && instance.kill()) await once(instance, 'exit');
}

async function putUnderLoad(urls: readonly string[], conditions: ClusterConditions, kill: () => void) {
  const { clients, requestsPerClient, killedAfter, requestsPerVisitorAndMinute } = conditions;
  const lastBeforeDeath = Math.ceil(clients * requestsPerClient * killedAfter);
  const served = new Map<string, Served>();
  const latenciesMs: number[] = [];
  const counts = { requests: 0, broken: 0, notServed: 0, wrongSubjects: 0 };
  const greedyVisitor = { asked: 0, served: 0 };
  let turn = 0;

  /** What a balancer does, and what a browser does when a connection breaks. */
  async function askOnceOrTwice(user: string): Promise<{ readonly response: Response; readonly instance: number } | undefined> {
    const first = turn++;
    for (const instance of [first, first + 1].map((position) => position % urls.length)) {
      try {
        return { response: await post(urls[instance] ?? '', user), instance };
      } catch {
        // Killed, or not there any more.
        counts.broken += 1;
      }
    }
    return undefined;
  }

  async function askAs(user: string): Promise<number | undefined> {
    counts.requests += 1;
    if (counts.requests === lastBeforeDeath) kill();
    const startedMs = performance.now();
    const answer = await askOnceOrTwice(user);
    if (answer?.response.status !== 200) return answer?.response.status;
    latenciesMs.push(performance.now() - startedMs);
    const { access_token: token, subject } = (await answer.response.json()) as { readonly access_token: string; readonly subject: string };
    if (subject !== subjectOf(user)) counts.wrongSubjects += 1;
    served.set(`${user} ${answer.instance}`, { user, instance: answer.instance, token });
    return 200;
  }

  const startedMs = performance.now();
  const visitors = Array.from({ length: clients }, async (_, client) => {
    for (let visit = 0; visit < requestsPerClient; visit += 1) {
      if ((await askAs(`visitor-${client}-${visit % 10}`)) !== 200) counts.notServed += 1;
    }
  });
  const greedy = (async () => {
    while (greedyVisitor.asked < requestsPerVisitorAndMinute * 1.5) {
      greedyVisitor.asked += 1;
      const status = await askAs('greedy');
      if (status === 200) greedyVisitor.served += 1;
      else if (status !== 429) counts.notServed += 1;
    }
  })();
  await Promise.all([...visitors, greedy]);

  latenciesMs.sort((a, b) => a - b);
  const requestsPerSecond = Math.round((counts.requests * 1000) / (performance.now() - startedMs));
  const figures = {
    ...counts,
    requestsPerSecond,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    greedyVisitor,
  };
  return { figures, served: [...served.values()] };
}

/** The body has come when it resolves, so that an instance that dies while it sends is noticed. */
async function post(url: string, user: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: `session=${user}` };
  const response = await fetch(url, { method: 'POST', headers, body: '{"reason":"initial"}' });
  return new Response(await response.text(), { status: response.status });
}

function sha256(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
function subjectOf(user: string): string {
  return sha256(['coze-chat-embed/subject', sha256(['', '', user])]);
}

/** Each visitor opens a conversation with one token. All tokens of a visitor must find that one, whichever instance they are from, and no other. */
async function tryTokens(coze: CozeStandIn, served: readonly Served[]) {
  const call = async (token: string, path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    return ((await (await fetch(`${coze.origin}${path}`, init)).json()) as { readonly data: unknown }).data;
  };
  const conversations = new Map<string, string>();
  for (const { user, token } of served) {
    if (conversations.has(user)) continue;
    const { id } = (await call(token, '/v1/conversation/create', { bot_id: coze.botId, connector_id: '999' })) as { readonly id: string };
    conversations.set(user, id);
  }
  let wrongTokens = 0;
  for (const { user, token } of served) {
    const path = `/v1/conversations?bot_id=${coze.botId}&connector_id=999&page_num=1&page_size=20`;
    const { conversations: found } = (await call(token, path)) as { readonly conversations: readonly { readonly id: string }[] };
    if (found.length !== 1 || found[0]?.id !== conversations.get(user)) wrongTokens += 1;
  }
  return { tokensTried: served.length, wrongTokens };
}
