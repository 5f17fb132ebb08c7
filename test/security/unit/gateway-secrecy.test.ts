/**
 * A canary in everything that must not leave the gateway: the prompt, Coze's tokens, the key, the secret, session names, Coze's messages.
 */
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ApiFailure, ChatFault, OAuthFault } from '../../../demo/coze-stand-in/index.js';
import type { OperatorEvent } from '../../../src/server/index.js';
import {
  GATEWAY_SECRET,
  GatewayClient,
  gatewayOptions,
  type GatewayWorld,
  serveGateway,
  startGatewayWorld,
} from '../../support/gateway-world.js';
import { close } from '../../support/loopback.js';

const CANARY = 'CANARY7f3a';

let world: GatewayWorld;
const cozeTokens = new Set<string>();
const events: OperatorEvent[] = [];
const logged: unknown[] = [];
const { warn, error } = console;
beforeAll(async () => {
  world = await startGatewayWorld();
  console.warn = (...values: unknown[]) => void logged.push(...values);
  console.error = (...values: unknown[]) => void logged.push(...values);
});
afterEach(() => world.coze.resetFaults());
afterAll(() => {
  Object.assign(console, { warn, error });
  return world.stop();
});

/** Each response of Coze contains the canary in all texts by the bot's author and by Coze's operators. */
async function withCanary(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const sent = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '';
  cozeTokens.add(sent);
  if (String(input).includes('/oauth2/')) return response;
  const text = (await response.text())
    .replace('"prompt_info"', `"owner_user_id":"${CANARY}","knowledge":{"id":"${CANARY}"},"prompt_info"`)
    .replaceAll(/"msg":"[^"]*"/g, `"msg":"${CANARY} at 10.0.0.1"`)
    .replaceAll('Repeat what the user says.', CANARY)
    .replaceAll('"meta_data":{}', `"meta_data":{"internal":"${CANARY}"}`);
  return new Response(text, {
    status: response.status,
    headers: { 'content-type': response.headers.get('content-type') ?? '', 'x-internal': CANARY, 'set-cookie': CANARY },
  });
}

async function collect(faults: Parameters<GatewayWorld['coze']['setFaults']>[0]): Promise<string> {
  const onEvent = (event: OperatorEvent): void => void events.push(event);
  const reporting = await serveGateway(gatewayOptions(world.coze, { fetch: withCanary as typeof fetch, onEvent }));
  const silent = { ...gatewayOptions(world.coze, { fetch: withCanary as typeof fetch }), onEvent: undefined };
  const logging = await serveGateway(silent as never);
  const seen: string[] = [];
  for (const { url } of [reporting, logging]) {
    const alice = await GatewayClient.signIn(url, `${CANARY}-alice`);
    const { botId } = world.coze;
    const conversation = await alice.begin(botId);
    world.coze.setFaults(faults);
    const responses = await Promise.all([
      alice.fetch('GET', `/v1/bots/${botId}`),
      alice.fetch('GET', `/v1/bot/get_online_info?bot_id=${botId}`),
      alice.fetch('GET', `/v1/conversations?bot_id=${botId}`),
      alice.fetch('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 5 }),
      alice.chat(botId, conversation || '1', 'hello'),
      alice.fetch('POST', '/v3/chat/cancel', { conversation_id: '1', chat_id: '1' }),
      alice.fetch('GET', '/v1/nothing'),
      alice.fetch('PUT', '/v1/conversations/1', { name: 1 }),
    ]);
    for (const response of responses) seen.push(await response.text(), inspect([...response.headers]));
    world.coze.resetFaults();
  }
  await Promise.all([close(reporting.server), close(logging.server)]);
  return [...seen, inspect(events, { depth: null }), inspect(logged, { depth: null })].join('\n');
}

const cases: readonly (readonly [string, Parameters<GatewayWorld['coze']['setFaults']>[0]])[] = [
  ['nothing', {}],
  ...(['http-401', 'http-429', 'http-500', { code: 4000, msg: 'x' }] as ApiFailure[]).map(
    (api) => [`api ${inspect(api)}`, { api }] as const,
  ),
  ...(['error-event', 'chat-failed', 'truncate', 'drop', 'json-with-newline', { code: 4013, msg: 'x' }] as ChatFault[]).map(
    (chat) => [`chat ${inspect(chat)}`, { chat }] as const,
  ),
  ...(['reject-jwt', 'html', 'code-in-200', 'http-503', 'drop'] as OAuthFault[]).map((oauth) => [`oauth ${oauth}`, { oauth }] as const),
  ['tokens refused', { rejectAllTokens: true }],
];

it.each(cases)('Nothing secret leaves the gateway when Coze has this fault: %s', async (_, faults) => {
  const out = await collect(faults);
  const key = world.coze.oauthConfig.private_key.match(/[A-Za-z0-9+/]{16,}/g) ?? [];
  const sessionNames = world.coze.requests.flatMap(({ sessionName }) => sessionName ?? []);
  expect(cozeTokens.size).toBeGreaterThan(0);
  expect(out.length).toBeGreaterThan(500);
  for (const secret of [CANARY, GATEWAY_SECRET, 'czs_', '10.0.0.1', ...key, ...sessionNames, ...cozeTokens]) {
    if (secret !== '') expect(out.includes(secret), `${secret.slice(0, 12)}…`).toBe(false);
  }
});
