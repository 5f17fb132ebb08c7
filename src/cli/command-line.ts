/** Parses the command line. No message repeats a value, because a misplaced value may be a cookie. */
import { parseArgs } from 'node:util';
import { fail, type Result, succeed } from '../core/result.js';
import { isSecureUrl } from '../core/secure-url.js';
import { parseUrl } from '../core/url.js';
import type { DoctorOptions } from './doctor/doctor.js';
import type { EndpointUnderTest } from './doctor/endpoint/endpoint.js';
import type { TwoVisitors, VisitorHeader } from './doctor/endpoint/endpoint-probe.js';
import { DEFAULT_FEATURES, FEATURE_NAMES, isFeatureName } from './doctor/permissions.js';
import { type CommandName, isCommandName, listOptions } from './help.js';
import type { InitOptions } from './init/init.js';
import type { MigrateOptions } from './migrate/migrate.js';
import type { ServeOptions } from './serve/serve.js';

export type Command =
  | { readonly name: 'help'; readonly command: CommandName | undefined }
  | { readonly name: 'copy'; readonly folder: string }
  | ({ readonly name: 'init' } & InitOptions)
  | ({ readonly name: 'migrate' } & MigrateOptions)
  | ({ readonly name: 'serve' } & ServeOptions)
  | ({ readonly name: 'stand-in' } & StandInOptions)
  | ({ readonly name: 'doctor'; readonly asJson: boolean } & DoctorOptions);

export interface StandInOptions {
  readonly port: number | undefined;
  readonly configPath: string;
  readonly paceMs: number;
}

const OPTIONS = {
  config: { type: 'string' },
  'bot-id': { type: 'string' },
  'other-bot-id': { type: 'string' },
  upstream: { type: 'string' },
  endpoint: { type: 'string' },
  as: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  'stand-in': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  features: { type: 'string' },
  site: { type: 'string' },
  write: { type: 'boolean' },
  script: { type: 'string' },
  'token-endpoint': { type: 'string' },
  port: { type: 'string' },
  pace: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** @returns the command, or a sentence about what is wrong with the arguments */
export function parseCommandLine(args: readonly string[]): Result<Command, string> {
  const parsed = splitArguments(args);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [name, ...operands] = positionals;
  if (values.help) return succeed({ name: 'help', command: isCommandName(name) ? name : undefined });
  // A foreign option is an error: if it were ignored, `migrate --write --dry-run` would change files.
  const foreign = isCommandName(name) ? Object.keys(values).find((option) => !listOptions(name).includes(option)) : undefined;
  if (foreign !== undefined) return fail(`"${name}" has no option --${foreign}.`);
  if (name === 'migrate') return parseMigrate(operands, values);
  if (name === 'copy') return parseCopy(operands);
  if (name === 'doctor' && operands.length === 0) return parseDoctor(values);
  if (name === 'init' && operands.length === 0) return succeed({ name: 'init', isDryRun: values['dry-run'] ?? false });
  if (name === 'serve' && operands.length === 0) return parseServe(values);
  if (name === 'stand-in' && operands.length === 0) return parseStandInOptions(values);
  return fail('The commands are "init", "serve", "stand-in", "copy FOLDER", "migrate DIR" and "doctor".');
}

function parseCopy([folder, ...others]: readonly string[]): Result<Command, string> {
  if (!folder || others.length > 0) return fail('"copy" takes one folder and no option.');
  return succeed({ name: 'copy', folder });
}

/** These URLs are written into the site's files, between quotes. */
const SITE_URL = /^(?:https?:\/\/[\w.-]+(?::\d+)?)?\/[\w./~-]*$/;

function parseMigrate([folder, ...others]: readonly string[], values: Values): Result<Command, string> {
  if (!folder || others.length > 0) return fail('"migrate" takes one folder.');
  const { write: writes = false, script = '/coze/webchatclient.js', 'token-endpoint': tokenEndpoint = '' } = values;
  if (!SITE_URL.test(script)) return fail('--script must be a URL like /coze/webchatclient.js.');
  if (tokenEndpoint !== '' && !SITE_URL.test(tokenEndpoint)) return fail('--token-endpoint must be a URL like /api/coze/token.');
  return succeed({ name: 'migrate', folder: folder.replace(/(?<=[^/])\/+$/, ''), writes, script, tokenEndpoint });
}

function parseServe({
  'stand-in': usesStandIn = false,
  config: configPath,
  'bot-id': botId,
  port: portText,
}: Values): Result<Command, string> {
  if (usesStandIn && (configPath !== undefined || botId !== undefined))
    return fail('--stand-in has its own bot: leave out --config and --bot-id.');
  if ((configPath === undefined) !== (botId === undefined)) return fail('Give --config and --bot-id, or neither.');
  if (botId !== undefined && !isId(botId)) return fail(WRONG_ID);
  const port = parseNumber(portText, MAX_PORT);
  return port.ok ? succeed({ name: 'serve', usesStandIn, configPath, botId, port: port.value }) : fail('--port must be a port.');
}

function parseStandInOptions({
  config: configPath = 'coze_oauth_config.json',
  port: portText,
  pace: paceText = '40',
}: Values): Result<Command, string> {
  const port = parseNumber(portText, MAX_PORT);
  const pace = parseNumber(paceText, MAX_PACE_MS);
  if (!port.ok) return fail('--port must be a port.');
  if (!pace.ok) return fail('--pace must be milliseconds.');
  return succeed({ name: 'stand-in', port: port.value, configPath, paceMs: pace.value ?? 0 });
}

const MAX_PORT = 65_535;
const MAX_PACE_MS = 60_000;
const WRONG_ID = '--bot-id must be an id: letters and digits.';

function isId(text: string): boolean {
  return /^[\w-]+$/.test(text);
}

function parseNumber(text: string | undefined, max: number): Result<number | undefined, 'not_a_number'> {
  if (text === undefined) return succeed(undefined);
  return /^\d{1,5}$/.test(text) && Number(text) <= max ? succeed(Number(text)) : fail('not_a_number');
}

function parseDoctor(values: Values): Result<Command, string> {
  const { config: configPath, 'bot-id': botId, 'other-bot-id': otherBotId, json: asJson = false } = values;
  if (configPath === undefined && values.endpoint === undefined && values.site === undefined)
    return fail('Give --config, --endpoint or --site, or several of them.');
  if (botId !== undefined && configPath === undefined && values.endpoint === undefined)
    return fail('--bot-id needs --config or --endpoint.');
  if (botId !== undefined && !isId(botId)) return fail(WRONG_ID);
  if (otherBotId !== undefined && (!isId(otherBotId) || otherBotId === botId || values.endpoint === undefined))
    return fail('--other-bot-id must be the id of another bot, and needs --endpoint.');
  const upstream = values.upstream === undefined ? undefined : parseUrl(values.upstream);
  if (values.upstream !== undefined && (upstream === undefined || !/^https?:$/.test(upstream.protocol) || values.endpoint === undefined))
    return fail('--upstream must be a URL like https://api.coze.cn, and needs --endpoint.');
  const features = values.features?.split(',').map((name) => name.trim()) ?? DEFAULT_FEATURES;
  if (!features.every(isFeatureName)) return fail(`--features are: ${FEATURE_NAMES.join(', ')}.`);
  const endpoint = parseEndpoint(values.endpoint, values.as ?? []);
  return endpoint.ok
    ? succeed({
        name: 'doctor',
        asJson,
        configPath,
        botId,
        otherBotId,
        upstream: upstream?.origin,
        endpoint: endpoint.value,
        features,
        site: values.site,
      })
    : endpoint;
}

/** Returns the command that the user means, for the usage below an error. */
export function findCommandName(args: readonly string[]): CommandName | undefined {
  const parsed = splitArguments(args);
  // A wrong option may be anywhere, but the command is usually the first argument.
  const name = parsed.ok ? parsed.value.positionals[0] : args.find((argument) => !argument.startsWith('-'));
  return isCommandName(name) ? name : undefined;
}

function splitArguments(args: readonly string[]) {
  try {
    return succeed(parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
  } catch {
    return fail('There is an option that does not exist, or one without its value.');
  }
}

function parseEndpoint(text: string | undefined, headers: readonly string[]): Result<EndpointUnderTest | undefined, string> {
  if (text === undefined) return headers.length === 0 ? succeed(undefined) : fail('--as needs --endpoint.');
  const url = parseUrl(text);
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return fail('--endpoint must be a URL like https://shop.example/api/coze/token.');
  if (!isSecureUrl(url)) return fail('--endpoint must use https, except on this machine: tokens and cookies must not travel in the clear.');
  if (url.username !== '' || url.password !== '') return fail('--endpoint must have no user name and no password.');
  const visitors = parseVisitors(headers);
  return visitors.ok ? succeed({ url, visitors: visitors.value }) : visitors;
}

function parseVisitors(headers: readonly string[]): Result<TwoVisitors | undefined, string> {
  if (headers.length === 0) return succeed(undefined);
  const [one, two] = headers.map(parseHeader);
  if (headers.length !== 2) return fail('Give --as twice, for two different visitors.');
  if (one === undefined || two === undefined) return fail('--as must be a header: "Cookie: session=…" or "Authorization: Bearer …".');
  return succeed([one, two]);
}

/** RFC 9110 section 5.1 and 5.5: a token, and visible characters. */
function parseHeader(text: string): VisitorHeader | undefined {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)\s*$/.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}
