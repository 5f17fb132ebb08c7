/** What one check of the doctor found. */

export type FindingStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** Stable ids, for scripts that read `--json`. */
export type CheckId =
  | 'config'
  | 'key'
  | 'reachable'
  | 'clock'
  | 'region'
  | 'tokens'
  | 'bot'
  | 'permission-conversation'
  | 'permission-message'
  | 'permission-file'
  | 'permission-features'
  | 'rights'
  | 'isolation-list'
  | 'isolation-messages'
  | 'endpoint-method'
  | 'endpoint-answers'
  | 'endpoint-body'
  | 'endpoint-cache'
  | 'endpoint-cors'
  | 'endpoint-identity'
  | 'endpoint-subjects'
  | 'endpoint-files'
  | 'gateway-token'
  | 'gateway-bots'
  | 'gateway-list'
  | 'gateway-conversations'
  | 'gateway-prompt'
  | 'site';

/** A finding repeats only numbers, hosts and names from closed lists, so that it contains no secret of a file or a response. */
export interface Finding {
  readonly id: CheckId;
  readonly title: string;
  readonly status: FindingStatus;
  /** What was found, in a sentence or two. */
  readonly explanation: string;
  /** How to fix it; always present for `failed`. */
  readonly remedy?: string;
}

/** The result of a check, before it has an id. */
export type CheckResult = Pick<Finding, 'status' | 'explanation' | 'remedy'>;

export function ok(explanation: string): CheckResult {
  return { status: 'ok', explanation };
}
export function warning(explanation: string, remedy: string): CheckResult {
  return { status: 'warning', explanation, remedy };
}
export function failed(explanation: string, remedy: string): CheckResult {
  return { status: 'failed', explanation, remedy };
}
export function skipped(explanation: string): CheckResult {
  return { status: 'skipped', explanation };
}

const TITLES: Readonly<Record<CheckId, string>> = {
  config: 'Config file',
  key: 'Private key',
  reachable: 'Coze API reachable',
  clock: 'Clock',
  region: 'Region',
  tokens: 'Tokens for two users',
  bot: 'Bot published',
  'permission-conversation': 'Permission: conversations',
  'permission-message': 'Permission: messages',
  'permission-file': 'Permission: files',
  'permission-features': 'Permissions: features',
  rights: 'No more rights than needed',
  'isolation-list': 'Separate histories',
  'isolation-messages': 'Separate messages',
  'endpoint-method': 'Endpoint: method',
  'endpoint-answers': 'Endpoint: error answers',
  'endpoint-body': 'Endpoint: request body',
  'endpoint-cache': 'Endpoint: caching',
  'endpoint-cors': 'Endpoint: CORS',
  'endpoint-identity': 'Endpoint: claimed identity',
  'endpoint-subjects': 'Endpoint: two visitors',
  'endpoint-files': 'Endpoint: files',
  'gateway-token': 'Gateway: token elsewhere',
  'gateway-bots': 'Gateway: other bots',
  'gateway-list': 'Gateway: closed list',
  'gateway-conversations': 'Gateway: two visitors',
  'gateway-prompt': 'Gateway: prompt',
  site: 'No key in the site',
};

export function toFinding(id: CheckId, result: CheckResult): Finding {
  return { id, title: TITLES[id], ...result };
}
