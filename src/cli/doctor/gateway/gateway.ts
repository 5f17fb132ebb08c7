/**
 * The checks of a running gateway: what a visitor's token gives access to, and what it does not. An error response only counts beside a
 * successful request with the same token, because a request that always fails proves nothing.
 */
import { type CozeCall, type CozeCaller, createCaller, describeResponse, isAccessDenied, isSuccess } from '../coze-api.js';
import type { DoctorDeps } from '../deps.js';
import { type CheckId, type CheckResult, failed, type Finding, ok, skipped, toFinding } from '../finding.js';
import { checkForeignConversation } from './gateway-conversations.js';
import { checkPrompt } from './gateway-prompt.js';
import { checkToken } from './gateway-token.js';
import { inconclusive } from './inconclusive.js';

export interface GatewayUnderTest {
  /** The gateway's token endpoint; the gateway's other URLs are beside it. */
  readonly endpoint: URL;
  /** The tokens of two visitors. */
  readonly tokens: readonly [one: string, two: string];
  readonly botId: string;
  /** A bot of the same account that visitors may not use. */
  readonly otherBotId: string | undefined;
  /** The APIs that may be behind the gateway. */
  readonly upstreams: readonly string[];
}

const CHECK_IDS = [
  'gateway-token',
  'gateway-bots',
  'gateway-list',
  'gateway-conversations',
  'gateway-prompt',
] as const satisfies readonly CheckId[];

/** @param gateway the gateway, or the reason why there is none to check */
export async function checkGateway(gateway: GatewayUnderTest | string, { fetch }: DoctorDeps): Promise<readonly Finding[]> {
  if (typeof gateway === 'string') return CHECK_IDS.map((id) => toFinding(id, skipped(gateway)));
  const { endpoint, tokens, botId, otherBotId, upstreams } = gateway;
  const apiBaseUrl = new URL('.', endpoint).href;
  const [one, two] = [createCaller(fetch, apiBaseUrl, tokens[0]), createCaller(fetch, apiBaseUrl, tokens[1])];
  const own = await one(readBot(botId));
  if (!isSuccess(own)) {
    const unusable = failed(
      `The gateway does not let a visitor see the bot (${describeResponse(own)}).`,
      'Give its id with --bot-id, and list it in "bots" of the gateway.',
    );
    return CHECK_IDS.map((id) => toFinding(id, id === 'gateway-bots' ? unusable : skipped('Needs a bot of the gateway.')));
  }
  return [
    toFinding('gateway-token', await checkToken(upstreams, { fetch, token: tokens[0], botId })),
    toFinding('gateway-bots', await checkBots(one, otherBotId)),
    toFinding('gateway-list', await checkList(one)),
    toFinding('gateway-conversations', await checkForeignConversation({ one, two }, botId)),
    toFinding('gateway-prompt', await checkPrompt(one, botId)),
  ];
}

function readBot(botId: string): CozeCall {
  return { method: 'GET', path: `/v1/bots/${botId}` };
}

/** Has the format of Coze's ids, but does not exist. */
const MADE_UP_BOT = '7000000000000000001';

async function checkBots(one: CozeCaller, otherBotId: string | undefined): Promise<CheckResult> {
  const response = await one(readBot(otherBotId ?? MADE_UP_BOT));
  if (isSuccess(response))
    return failed(
      'A visitor gets another bot than those of the gateway.',
      'Use createCozeGateway of this package, with the ids of the visitors’ bots in "bots".',
    );
  if (!isAccessDenied(response)) return inconclusive('Another bot is refused for another reason', describeResponse(response));
  return otherBotId === undefined
    ? ok('A visitor gets the bot, and none of another id. With --other-bot-id that is tried with one that there is.')
    : ok('A visitor gets the bot of the gateway, and not the other one.');
}

/** Requests that an account's token allows, and that no chat needs. */
const BEYOND_CHATS: readonly CozeCall[] = [
  { method: 'GET', path: '/v1/workspaces' },
  { method: 'GET', path: '/v1/users/me' },
  { method: 'GET', path: '/v1/variables?connector_id=999' },
  { method: 'POST', path: '/v1/bot/create', body: {} },
];

async function checkList(one: CozeCaller): Promise<CheckResult> {
  for (const call of BEYOND_CHATS) {
    const response = await one(call);
    if (!response.ok || response.value.status !== 404)
      return failed(
        `The gateway answers ${call.method} ${call.path.split('?')[0] ?? ''}, which no chat needs (${describeResponse(response)}).`,
        'Forward only what a chat needs, as createCozeGateway does, and answer everything else with 404.',
      );
  }
  return ok('What no chat needs is not there.');
}
