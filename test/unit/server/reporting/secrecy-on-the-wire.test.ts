/** The canary again, on a real network: for each fault of the stand-in for Coze, no output contains a secret. */
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { CozeStandIn, Faults, OAuthFault } from '../../../../demo/coze-stand-in/index.js';
import { createTokenEndpoint, fromCozeOAuthConfig, type OperatorEvent, type TokenEndpointOptions } from '../../../../src/server/index.js';
import { startSharedApp } from '../../../support/stand-in.js';
import { tokenRequest } from '../arrange.js';
import { allThatIsToldBy, listeningTo } from './events.js';

const CANARY = 'CANARY7f3a';

let coze: CozeStandIn;

beforeAll(async () => {
  coze = await startSharedApp();
});
afterAll(() => coze.stop());
afterEach(() => {
  coze.resetFaults();
  coze.clearRequests();
});

/** Sends requests to an endpoint that logs to the console and to one with a listener; searches their output, except the token of a 200. */
async function ask(changes: Partial<TokenEndpointOptions> = {}, whileWaiting = async (): Promise<void> => undefined) {
  const assertions: string[] = [];
  const events: OperatorEvent[] = [];
  const received: unknown[] = [];
  const options = {
    oauth: fromCozeOAuthConfig(coze.oauthConfig),
    identify: () => ({ id: `${CANARY}-user` }),
    fetch: (input: RequestInfo | URL, init?: RequestInit) => {
      assertions.push(new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '');
      return fetch(input, init);
    },
    ...changes,
  } as TokenEndpointOptions;
  const request = () =>
    tokenRequest({
      body: { user_id: `${CANARY}-user`, reason: 'initial' },
      headers: { cookie: `session=${CANARY}`, authorization: `Bearer ${CANARY}` },
    });
  const answers = await listeningTo(received, async () => {
    const asking = [createTokenEndpoint(options), createTokenEndpoint({ ...options, onEvent: (event) => void events.push(event) })];
    const pending = asking.map((endpoint) => endpoint(request()));
    await whileWaiting();
    return Promise.all(pending);
  });
  const wire = await Promise.all(
    answers.map(async (answer) => {
      const body = await answer.text();
      const { access_token: token = '' } = answer.ok ? (JSON.parse(body) as { readonly access_token?: string }) : {};
      return body.replace(token, '') + inspect([...answer.headers]);
    }),
  );
  const reported = [...wire, allThatIsToldBy(events), allThatIsToldBy(received)].join('\n');
  return { status: answers[1]?.status, events, assertions, reported };
}

function expectNothingSecretIn({ reported, assertions }: Awaited<ReturnType<typeof ask>>): void {
  const sessionNames = coze.requests.flatMap(({ sessionName }) => sessionName ?? []);
  const key = coze.oauthConfig.private_key.match(/[A-Za-z0-9+/]{16,}/g) ?? [];
  const secrets = [CANARY, ...assertions.flatMap((assertion) => [assertion, ...assertion.split('.')]), ...sessionNames, ...key];
  expect(secrets.filter((secret) => reported.includes(secret))).toEqual([]);
  expect(reported).not.toMatch(/czs_|pat_|eyJ|BEGIN|session_name|node:|at async/);
}

const statuses: Readonly<Record<Exclude<OAuthFault, 'hang' | 'endless-body' | 'slow-body'>, number>> = {
  none: 200,
  'reject-jwt': 500,
  'http-400': 500,
  'access-deny': 500,
  'http-429': 503,
  'http-500': 503,
  'http-503': 503,
  html: 502,
  'code-in-200': 503,
  'cut-json': 502,
  'huge-body': 502,
  drop: 503,
};

it.each(Object.entries(statuses))(
  'F21, F22: No secret is in the output for the fault %s of Coze, which ends in %i',
  async (fault, status) => {
    coze.setFaults({ oauth: fault as OAuthFault });
    const asked = await ask();
    expect([asked.status, asked.events.length, asked.assertions.length > 0]).toEqual([status, 1, true]);
    expectNothingSecretIn(asked);
  },
);

it.each(['hang', 'endless-body'] as const)(
  'F21, F22: No secret is in the output for the fault %s of Coze, which ends in a timeout',
  async (fault) => {
    coze.setFaults({ oauth: fault });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const asked = await ask({}, async () => {
        while (coze.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
        await vi.advanceTimersByTimeAsync(8000);
      });
      expect(asked.status).toBe(504);
      expectNothingSecretIn(asked);
    } finally {
      vi.useRealTimers();
    }
  },
);

it.each<[string, Partial<Faults>, Partial<TokenEndpointOptions>]>([
  ['the clocks differ by an hour', { clockOffsetMs: 3_600_000 }, {}],
  ['tokens have expired when they come', { maxTokenLifeSeconds: -5 }, {}],
  [
    'no server is there',
    {},
    { oauth: { appId: 'app', keyId: 'key', sign: async () => new Uint8Array(256), apiBaseUrl: 'http://127.0.0.1:1' } },
  ],
])('F21: No secret is in the output when %s', async (_case, faults, changes) => {
  coze.setFaults(faults);
  const asked = await ask(changes);
  expect(asked.events.length).toBeGreaterThan(0);
  expectNothingSecretIn(asked);
});
