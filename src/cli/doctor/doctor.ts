/** Runs the checks, from the config file to the deployed endpoint. A check is skipped if it needs an earlier one that failed. */
import { isLoopback } from '../../core/secure-url.js';
import type { CozeApp } from '../../server/coze/oauth-app.js';
import { createCaller } from './coze-api.js';
import type { DoctorDeps } from './deps.js';
import { checkEndpoint, type EndpointChecks, type EndpointUnderTest } from './endpoint/endpoint.js';
import { type CheckId, type Finding, skipped, toFinding } from './finding.js';
import { checkGateway, type GatewayUnderTest } from './gateway/gateway.js';
import type { FeatureName } from './permissions.js';
import { checkBot } from './setup/bot.js';
import { checkKey, type CozeConfig, readConfig } from './setup/config.js';
import { checkConnectivity } from './setup/connectivity.js';
import { checkConversations } from './setup/conversations.js';
import { checkFeatures, checkSurplus } from './setup/features.js';
import { checkFiles } from './setup/files.js';
import { checkRegion } from './setup/region.js';
import { exchangeTwoTokens, type TwoTokens, validateTokens } from './setup/tokens.js';
import { checkSite } from './site.js';

export interface DoctorOptions {
  readonly configPath: string | undefined;
  readonly botId: string | undefined;
  /** Another bot of the same account, which the gateway does not offer. */
  readonly otherBotId: string | undefined;
  /** The API behind the gateway, if it is not one of Coze's own. */
  readonly upstream: string | undefined;
  readonly endpoint: EndpointUnderTest | undefined;
  /** The features that the chat is meant to have. */
  readonly features: readonly FeatureName[];
  /** The folder of files that the site serves. */
  readonly site: string | undefined;
}

export async function runChecks(options: DoctorOptions, deps: DoctorDeps): Promise<readonly Finding[]> {
  const setUp = await checkSetUp(options, deps);
  const endpoint = await checkEndpoint(options.endpoint, deps);
  const gateway = await checkGateway(await toGateway(options, endpoint.tokens, deps), deps);
  return [...setUp, ...endpoint.findings, ...gateway, toFinding('site', await checkSite(options.site, deps))];
}

const COZE_APIS = ['https://api.coze.cn', 'https://api.coze.com'] as const;

/** The gateway to be checked, or the reason why there is none. */
async function toGateway(
  { endpoint, botId, otherBotId, upstream, configPath }: DoctorOptions,
  tokens: EndpointChecks['tokens'],
  deps: DoctorDeps,
): Promise<GatewayUnderTest | string> {
  if (endpoint === undefined) return 'Needs --endpoint.';
  if (tokens === undefined) return 'Needs two test visitors who get tokens: give --as "Cookie: …" twice.';
  if (!tokens.every(({ isGateway }) => isGateway)) return 'The endpoint is no gateway: its tokens are Coze’s own.';
  if (botId === undefined) return 'Needs --bot-id.';
  const configured = configPath === undefined ? undefined : (await readConfig(configPath, deps)).config?.app.apiBaseUrl;
  const upstreams = [...new Set([...COZE_APIS, configured, upstream].filter((url) => url !== undefined))];
  return { endpoint: endpoint.url, tokens: [tokens[0].value, tokens[1].value], botId, otherBotId, upstreams };
}

const API_CHECKS = [
  'reachable',
  'clock',
  'region',
  'tokens',
  'bot',
  'permission-conversation',
  'permission-message',
  'permission-file',
  'permission-features',
  'rights',
  'isolation-list',
  'isolation-messages',
] as const satisfies readonly CheckId[];

function skipAll(ids: readonly CheckId[], reason: string): readonly Finding[] {
  return ids.map((id) => toFinding(id, skipped(reason)));
}

async function checkSetUp(options: DoctorOptions, deps: DoctorDeps): Promise<readonly Finding[]> {
  const { configPath: path } = options;
  if (path === undefined) return skipAll(['config', 'key', ...API_CHECKS], 'Needs --config.');
  const { result, config } = await readConfig(path, deps);
  const file = toFinding('config', result);
  if (config === undefined) return [file, ...skipAll(['key', ...API_CHECKS], 'Needs a complete config file.')];

  const key = toFinding('key', await checkKey(config.app.privateKey));
  if (key.status === 'failed') return [file, key, ...skipAll(API_CHECKS, 'Needs a usable private key.')];
  return [file, key, ...(await checkApi(config, options, deps))];
}

async function checkApi(config: CozeConfig, options: DoctorOptions, deps: DoctorDeps): Promise<readonly Finding[]> {
  const isStandIn = hasLoopbackApi(config.app);
  const { reachable, clock } = await checkConnectivity(createCaller(deps.fetch, config.app.apiBaseUrl), deps.now, isStandIn);
  if (reachable.status === 'failed') {
    const rest = API_CHECKS.filter((id) => id !== 'reachable');
    return [toFinding('reachable', reachable), ...skipAll(rest, "Needs Coze's API.")];
  }
  const tokens = await exchangeTwoTokens(config.app, deps);
  return [
    toFinding('reachable', reachable),
    toFinding('clock', clock),
    toFinding('region', await checkRegion(config, tokens, deps)),
    toFinding('tokens', validateTokens(tokens, isStandIn)),
    ...(tokens.ok ? await checkWithTokens(config.app, tokens.value, options, deps) : skipAll(CHECKS_WITH_TOKENS, 'Needs tokens.')),
  ];
}

/** Whether the API is a stand-in: Coze's own is never on this machine. */
function hasLoopbackApi({ apiBaseUrl }: CozeApp): boolean {
  return isLoopback(new URL(apiBaseUrl));
}

const CHECKS_WITH_TOKENS = API_CHECKS.slice(API_CHECKS.indexOf('bot'));

async function checkWithTokens(
  app: CozeApp,
  tokens: TwoTokens,
  { botId, features }: DoctorOptions,
  { fetch }: DoctorDeps,
): Promise<readonly Finding[]> {
  const one = createCaller(fetch, app.apiBaseUrl, tokens[0]);
  const two = createCaller(fetch, app.apiBaseUrl, tokens[1]);
  const bot = botId === undefined ? skipped('Needs --bot-id.') : await checkBot(one, botId, hasLoopbackApi(app));
  const conversations = await checkConversations({ one, two }, bot.status === 'ok' ? botId : undefined);
  return [
    toFinding('bot', bot),
    ...conversations.findings,
    toFinding('permission-file', features.includes('files') ? await checkFiles(one) : skipped('Files are not among --features.')),
    toFinding('permission-features', await checkFeatures(one, conversations.conversationId, features)),
    toFinding('rights', await checkSurplus(one)),
  ];
}
