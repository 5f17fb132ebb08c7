/** Runs the checks, from the config file to the deployed endpoint. A check that needs an earlier one which failed is skipped. */
import type { CozeApp } from '../../server/coze/oauth-app.js';
import type { DoctorDeps } from './deps.js';
import { checkEndpoint, type EndpointUnderTest } from './endpoint/endpoint.js';
import { type CheckId, type Finding, skipped, toFinding } from './finding.js';
import type { FeatureName } from './permissions.js';
import { checkBot } from './setup/bot.js';
import { checkKey, type CozeConfig, readConfig } from './setup/config.js';
import { checkConnectivity } from './setup/connectivity.js';
import { checkConversations } from './setup/conversations.js';
import { createCaller } from './setup/coze-api.js';
import { checkFeatures, checkSurplus } from './setup/features.js';
import { checkFiles } from './setup/files.js';
import { checkRegion } from './setup/region.js';
import { exchangeTwoTokens, type TwoTokens, validateTokens } from './setup/tokens.js';
import { checkSite } from './site.js';

export interface DoctorOptions {
  readonly configPath: string | undefined;
  readonly botId: string | undefined;
  readonly endpoint: EndpointUnderTest | undefined;
  /** What the chat is to do. */
  readonly features: readonly FeatureName[];
  /** The folder of files that the site serves. */
  readonly site: string | undefined;
}

export async function runChecks(options: DoctorOptions, deps: DoctorDeps): Promise<readonly Finding[]> {
  const { endpoint, site } = options;
  return [...(await checkSetUp(options, deps)), ...(await checkEndpoint(endpoint, deps)), toFinding('site', await checkSite(site, deps))];
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
  const { reachable, clock } = await checkConnectivity(createCaller(deps.fetch, config.app.apiBaseUrl), deps.now);
  if (reachable.status === 'failed') {
    const rest = API_CHECKS.filter((id) => id !== 'reachable');
    return [toFinding('reachable', reachable), ...skipAll(rest, "Needs Coze's API.")];
  }
  const tokens = await exchangeTwoTokens(config.app, deps);
  return [
    toFinding('reachable', reachable),
    toFinding('clock', clock),
    toFinding('region', await checkRegion(config, tokens, deps)),
    toFinding('tokens', validateTokens(tokens)),
    ...(tokens.ok ? await checkWithTokens(config.app, tokens.value, options, deps) : skipAll(CHECKS_WITH_TOKENS, 'Needs tokens.')),
  ];
}

const CHECKS_WITH_TOKENS = API_CHECKS.slice(API_CHECKS.indexOf('bot'));

async function checkWithTokens(
  { apiBaseUrl }: CozeApp,
  tokens: TwoTokens,
  { botId, features }: DoctorOptions,
  { fetch }: DoctorDeps,
): Promise<readonly Finding[]> {
  const one = createCaller(fetch, apiBaseUrl, tokens[0]);
  const two = createCaller(fetch, apiBaseUrl, tokens[1]);
  const bot = botId === undefined ? skipped('Needs --bot-id.') : await checkBot(one, botId);
  const conversations = await checkConversations({ one, two }, bot.status === 'ok' ? botId : undefined);
  return [
    toFinding('bot', bot),
    ...conversations.findings,
    toFinding('permission-file', features.includes('files') ? await checkFiles(one) : skipped('Files are not among --features.')),
    toFinding('permission-features', await checkFeatures(one, conversations.conversationId, features)),
    toFinding('rights', await checkSurplus(one)),
  ];
}
