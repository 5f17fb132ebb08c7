/**
 * Instances that share a Redis, under load behind a balancer without health checks. One instance is killed, and then, optionally, the
 * Redis, which restarts empty. The bench counts responses for another visitor, tokens of another visitor, and requests that fail although
 * they are sent again.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { type RunningRedis, startRedis } from '../../support/redis.js';
import { type Asked, type Contender, end, type Instance } from './instances.js';
import { percentile } from './percentile.js';

export interface ClusterConditions {
  readonly instances: number;
  /** Connections, each for ten visitors in turn, one request at a time. */
  readonly clients: number;
  readonly requestsPerClient: number;
  /** The share of the requests after which one instance is killed. */
  readonly killedAfter: number;
  /** The share after which the Redis is killed and restarted. */
  readonly redisRestartedAfter?: number;
  readonly requestsPerVisitorAndMinute: number;
}

export interface ClusterFigures extends ClusterConditions {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Of the successful requests, including a second attempt. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Attempts that broke off or could not connect. Each request had a second attempt, at the next instance. */
  readonly broken: number;
  readonly notServed: number;
  readonly wrongSubjects: number;
  /** Number of tokens, from every instance, whose conversations were checked. */
  readonly tokensTried: number;
  readonly wrongTokens: number;
  /** A visitor who sends one and a half times the allowed number of requests, spread over all instances. */
  readonly greedyVisitor: GreedyVisitor;
  /** Another one, who starts after the Redis has restarted. */
  readonly laterGreedyVisitor?: GreedyVisitor;
}

interface GreedyVisitor {
  readonly asked: number;
  readonly served: number;
}

interface Served {
  readonly user: string;
  readonly instance: number;
  readonly token: string;
}

export async function runCluster(contender: Contender, conditions: ClusterConditions): Promise<ClusterFigures> {
  const coze = await startCozeStandIn();
  const redis = await startRedis();
  const instances: Instance[] = [];
  try {
    const perSubject = { requests: conditions.requestsPerVisitorAndMinute, perSeconds: 60 };
    const order = { oauthConfig: coze.oauthConfig, redisPath: redis.path, perSubject };
    for (let index = 0; index < conditions.instances; index += 1) instances.push(await contender.start(order));
    const load = await putUnderLoad({ contender, instances, redis }, conditions);
    return { ...conditions, ...load.figures, ...(await tryTokens(coze, load.served)) };
  } finally {
    await Promise.all(instances.map(end));
    await redis.stop();
    await coze.stop();
  }
}

interface Cluster {
  readonly contender: Contender;
  readonly instances: readonly Instance[];
  readonly redis: RunningRedis;
}

async function putUnderLoad({ contender, instances, redis }: Cluster, conditions: ClusterConditions) {
  const { clients, requestsPerClient, killedAfter, redisRestartedAfter, requestsPerVisitorAndMinute } = conditions;
  const urls = instances.map(({ url }) => url);
  const lastBeforeDeath = Math.ceil(clients * requestsPerClient * killedAfter);
  const firstAfterRedis = redisRestartedAfter === undefined ? Infinity : Math.ceil(clients * requestsPerClient * redisRestartedAfter);
  const served = new Map<string, Served>();
  const latenciesMs: number[] = [];
  const counts = { requests: 0, broken: 0, notServed: 0, wrongSubjects: 0 };
  let turn = 0;

  /** Behaves like a balancer, and like a browser that retries after a broken connection. */
  async function askOnceOrTwice(user: string): Promise<{ readonly response: Response; readonly instance: number } | undefined> {
    const first = turn++;
    for (const instance of [first, first + 1].map((position) => position % urls.length)) {
      try {
        return { response: await post(urls[instance] ?? '', await contender.ask(user)), instance };
      } catch {
        // The instance was killed.
        counts.broken += 1;
      }
    }
    return undefined;
  }

  async function askAs(user: string): Promise<number | undefined> {
    counts.requests += 1;
    if (counts.requests === lastBeforeDeath) instances[0]?.process.kill('SIGKILL');
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
  const askGreedily = async (user: string): Promise<GreedyVisitor> => {
    const greedy = { asked: 0, served: 0 };
    while (greedy.asked < requestsPerVisitorAndMinute * 1.5) {
      greedy.asked += 1;
      const status = await askAs(user);
      if (status === 200) greedy.served += 1;
      else if (status !== 429) counts.notServed += 1;
    }
    return greedy;
  };
  const afterRedis = async (): Promise<GreedyVisitor> => {
    while (counts.requests < firstAfterRedis) await delay(20);
    await redis.restart();
    return askGreedily('later-greedy');
  };
  const greedyRun = askGreedily('greedy');
  const laterRun = redisRestartedAfter === undefined ? undefined : greedyRun.then(afterRedis);
  await Promise.all([...visitors, greedyRun, laterRun]);
  const [greedyVisitor, laterGreedyVisitor] = [await greedyRun, await laterRun];

  latenciesMs.sort((a, b) => a - b);
  const requestsPerSecond = Math.round((counts.requests * 1000) / (performance.now() - startedMs));
  const figures = {
    ...counts,
    requestsPerSecond,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    greedyVisitor,
    ...(laterGreedyVisitor !== undefined && { laterGreedyVisitor }),
  };
  return { figures, served: [...served.values()] };
}

/** Resolves after the body has arrived, so that an instance that dies while sending is noticed. */
async function post(url: string, { headers, body }: Asked): Promise<Response> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return new Response(await response.text(), { status: response.status });
}

function sha256(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
function subjectOf(user: string): string {
  return sha256(['coze-chat-embed/subject', sha256(['', '', user])]);
}

/**
 * Each visitor creates a conversation with one token. All tokens of the visitor, from whichever instance, must find that conversation, and
 * no other.
 */
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
