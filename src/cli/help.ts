/** The text of `--help`, and the usage below an error: of one command, or of all. */
import { DEFAULT_FEATURES, FEATURE_NAMES } from './doctor/permissions.js';
import { DEVELOPMENT_PORT, VARIABLES } from './serve/settings.js';

interface CommandHelp {
  /** The lines below "Usage". */
  readonly usage: string;
  readonly details: string;
}

const COMMANDS = {
  init: {
    usage: '  npx coze-chat-embed init [--dry-run]',
    details: `init: writes what the project in this folder needs for a chat, never over a file that is there, and says what is left to do.
  --dry-run        only says what it would do`,
  },
  serve: {
    usage: `  npx coze-chat-embed serve --stand-in | --config coze_oauth_config.json --bot-id ID [--port PORT]
  npx coze-chat-embed serve [--port PORT]`,
    details: `serve: a complete small server. With --stand-in, or with --config and --bot-id, for development: a page with the chat, on this
machine. Without, for production, beside a backend in any language that forwards /coze/ to it; /healthz and /metrics are for
those who watch it.
  --stand-in       uses a stand-in for Coze on this machine
  --config FILE    coze_oauth_config.json of an OAuth app; the page then uses the real service
  --bot-id ID      the bot of the page
  --port PORT      ${DEVELOPMENT_PORT} unless given, with a page; without one, that of the variable PORT

For production it is configured by the environment:
${Object.entries(VARIABLES)
  .map(([name, meaning]) => `  ${name.padEnd(22)} ${meaning}`)
  .join('\n')}`,
  },
  'stand-in': {
    usage: '  npx coze-chat-embed stand-in [--config FILE] [--port PORT] [--pace MS]',
    details: `stand-in: Coze on this machine, for the development and the tests of your own site. Its credentials are kept in a file.
  --config FILE    coze_oauth_config.json unless given
  --port PORT      4310 unless given, or that of the file
  --pace MS        pause between two words of an answer, 40 unless given`,
  },
  copy: {
    usage: '  npx coze-chat-embed copy FOLDER',
    details: `copy: puts the files of the chat's frame into a folder that your site serves, say public/coze-chat-embed, and tells the
frame-src that goes with it. Needed where a bundler packs <coze-chat>, before each build.`,
  },
  migrate: {
    usage: '  npx coze-chat-embed migrate DIR [--write] [--script URL] [--token-endpoint URL]',
    details: `migrate: looks for Coze's own client (new CozeWebSDK.WebChatClient) in the files of a site, for personal access tokens and private keys,
and says by file and line what to change. Leaves out node_modules, what tools build, links, and files above 2 MB.
  --write          changes the script's address, and takes what gives a personal access token out of the calls; nothing else
  --script URL     where your site has our script, /coze/webchatclient.js unless given
  --token-endpoint URL  your token endpoint, if that is not "token" beside the script`,
  },
  doctor: {
    usage: `  npx coze-chat-embed doctor --config coze_oauth_config.json [--bot-id ID] [--endpoint URL] [--as HEADER --as HEADER]
                              [--other-bot-id ID] [--upstream URL] [--features LIST] [--site DIR] [--json]`,
    details: `doctor: examines the set-up of a Coze chat, from the key to the deployed token endpoint.
  --config FILE    coze_oauth_config.json of an OAuth app of the type "service app"
  --bot-id ID      also checks that the bot is published and that two users do not see each other's conversations;
                   with --endpoint and two --as also what a gateway lets through
  --endpoint URL   also checks a deployed token endpoint; works without --config, too
  --as HEADER      signs a test visitor in at the endpoint, such as "Cookie: session=…". Give it twice, for two visitors.
                   Other users of this machine can see it while the doctor runs.
  --other-bot-id ID
                   a bot of the same account that the gateway of the endpoint does not have, to see that it is refused
  --upstream URL   the API behind that gateway, where it is not Coze's own
  --features LIST  what the chat is to do, for the permissions: ${FEATURE_NAMES.join(',')};
                   ${DEFAULT_FEATURES.join(',')} unless given
  --site DIR       also looks for keys in the folder of files that your site serves; works alone, too
  --json           prints one JSON object

  With --config it gets tokens for two made-up users, and creates an empty conversation of one of them, which stays.
  With --endpoint it sends nine requests, with two --as thirteen; each may get a token, also as a new anonymous visitor.
  One more goes to …/health beside a URL that ends in /token.
  With a gateway, --bot-id and two --as it also creates a conversation of the first test visitor, and deletes it.
  It sends no message to a bot, and costs no model tokens.`,
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

export type CommandName = keyof typeof COMMANDS;

const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

/** Returns the options of a command. Reads them from its usage, so that the help lists each of them. */
export function listOptions(command: CommandName): readonly string[] {
  return [...COMMANDS[command].usage.matchAll(/--([\w-]+)/g)].map(([, option = '']) => option);
}

export function isCommandName(text: string | undefined): text is CommandName {
  return COMMAND_NAMES.some((name) => name === text);
}

const EXIT_CODES =
  'Exit code: 0 nothing failed, or nothing is left to change; 1 something failed, or is left to change; 2 the command line is wrong.';

/** @param command without it, all of them */
export function describeCommands(command: CommandName | undefined): string {
  const names = command === undefined ? COMMAND_NAMES : [command];
  const more = command === undefined ? ['  npx coze-chat-embed COMMAND --help'] : [];
  const usage = ['Usage', ...names.map((name) => COMMANDS[name].usage), ...more].join('\n');
  return `${[usage, ...names.map((name) => COMMANDS[name].details), EXIT_CODES].join('\n\n')}\n`;
}

/** Returns only a few lines, so that the error message above them stays visible. */
export function describeUsage(command: CommandName | undefined): string {
  const names = command === undefined ? COMMAND_NAMES : [command];
  const options = `npx coze-chat-embed ${command === undefined ? '' : `${command} `}--help`;
  return `Usage\n${names.map((name) => COMMANDS[name].usage).join('\n')}\n\n"${options}" explains ${command === undefined ? 'them' : 'the options'}.\n`;
}
