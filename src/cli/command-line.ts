/** Parses the command line. No message repeats a value, because a cookie may be in the wrong place. */
import { parseArgs } from 'node:util';
import { fail, type Result, succeed } from '../core/result.js';
import { isSecureUrl, parseUrl } from '../core/url.js';
import type { DoctorOptions } from './doctor/doctor.js';
import type { EndpointUnderTest } from './doctor/endpoint/endpoint.js';
import type { TwoVisitors, VisitorHeader } from './doctor/endpoint/endpoint-probe.js';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'copy'; readonly folder: string }
  | ({ readonly name: 'doctor'; readonly asJson: boolean } & DoctorOptions);

export const HELP = `Usage
  npx coze-chat-embed copy FOLDER
  npx coze-chat-embed doctor --config coze_oauth_config.json [--bot-id ID] [--endpoint URL] [--as HEADER --as HEADER] [--json]

copy: puts the files of the chat's frame into a folder that your site serves, say public/coze-chat-embed, and tells the
frame-src that goes with it. Needed where a bundler packs <coze-chat>, before each build.

doctor: examines the set-up of a Coze chat, from the key to the deployed token endpoint.
  --config FILE    coze_oauth_config.json of an OAuth app of the type "service app"
  --bot-id ID      also checks that the bot is published and that two users do not see each other's conversations
  --endpoint URL   also checks a deployed token endpoint; works without --config, too
  --as HEADER      signs a test visitor in at the endpoint, such as "Cookie: session=…". Give it twice, for two visitors.
                   Other users of this machine can see it while the doctor runs.
  --json           prints one JSON object
  --help           prints this

  It creates one empty conversation for a made-up user, and costs no model tokens.

Exit code: 0 nothing failed, 1 something failed, 2 the command line is wrong.
`;

const OPTIONS = {
  config: { type: 'string' },
  'bot-id': { type: 'string' },
  endpoint: { type: 'string' },
  as: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** @returns the command, or a sentence about what is wrong with the arguments */
export function parseCommandLine(args: readonly string[]): Result<Command, string> {
  const parsed = splitArguments(args);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  if (values.help) return succeed({ name: 'help' });
  const [name, ...operands] = positionals;
  if (name === 'copy') return parseCopy(operands, args.length === positionals.length);
  if (name === 'doctor' && operands.length === 0) return parseDoctor(values);
  return fail('The commands are "copy FOLDER" and "doctor".');
}

function parseCopy([folder, ...others]: readonly string[], hasNoOptions: boolean): Result<Command, string> {
  if (!folder || others.length > 0 || !hasNoOptions) return fail('"copy" takes one folder and no option.');
  return succeed({ name: 'copy', folder });
}

function parseDoctor(values: Values): Result<Command, string> {
  const { config: configPath, 'bot-id': botId, json: asJson = false } = values;
  if (configPath === undefined && values.endpoint === undefined) return fail('Give --config, --endpoint or both.');
  if (botId !== undefined && configPath === undefined) return fail('--bot-id needs --config.');
  if (botId !== undefined && !/^[\w-]+$/.test(botId)) return fail('--bot-id must be an id: letters and digits.');
  const endpoint = parseEndpoint(values.endpoint, values.as ?? []);
  return endpoint.ok ? succeed({ name: 'doctor', asJson, configPath, botId, endpoint: endpoint.value }) : endpoint;
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
