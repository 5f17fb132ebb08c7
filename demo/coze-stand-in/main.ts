/** Runs the stand-in from a clone: `npx tsx demo/coze-stand-in/main.ts`. From the package: `npx coze-chat-embed stand-in`. */
import { parseArgs } from 'node:util';
import { describeStandIn, openStandIn } from './run.js';

const USAGE = `Usage: tsx demo/coze-stand-in/main.ts [options]
  --port <number>    port to listen on (default: the former one, or 4310)
  --config <path>    the credentials of its service app, kept from start to start (default coze_oauth_config.json)
  --pace <ms>        pause between two words of an answer (default 40)
  --help`;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    config: { type: 'string', default: 'coze_oauth_config.json' },
    pace: { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await run();

async function run(): Promise<void> {
  const { port, config: configPath, pace } = values;
  const options = { port: port === undefined ? undefined : toNumber('port', port), configPath, paceMs: toNumber('pace', pace) };
  const standIn = await openStandIn(options);
  console.log(describeStandIn(standIn, configPath));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.stop());
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return value;
}
