/** Runs the stand-in by itself: `npx tsx demo/coze-stand-in/main.ts --port 4310 --config coze_oauth_config.json`. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CozeOAuthConfig, startCozeStandIn } from './index.js';

const USAGE = `Usage: tsx demo/coze-stand-in/main.ts [options]
  --port <number>    port to listen on (default 4310)
  --config <path>    where to write coze_oauth_config.json, the credentials of the service app
  --pace <ms>        pause between two words of an answer (default 40)
  --help`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4310' },
    config: { type: 'string' },
    pace: { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await run(toNumber('port', values.port), toNumber('pace', values.pace), values.config);

async function run(port: number, paceMs: number, configPath: string | undefined): Promise<void> {
  if (configPath !== undefined) await refuseForeignConfig(configPath);
  const standIn = await startCozeStandIn({ port, faults: { beforeAnswerMs: paceMs * 5, betweenWordsMs: paceMs } });
  if (configPath !== undefined) await writeConfig(configPath, standIn.oauthConfig);

  console.log(`Coze stand-in:  ${standIn.origin}`);
  console.log(`Published bots: ${standIn.botId}, ${standIn.secondBotId}`);
  console.log(`App, workflow:  ${standIn.appId}, ${standIn.workflowId}`);
  console.log(`Credentials:    ${configPath === undefined ? 'not written (give --config <path>)' : resolve(configPath)}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.stop());
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return value;
}

/** Credentials change with every start, so our own file is overwritten; the real service's never is. */
async function refuseForeignConfig(path: string): Promise<void> {
  const existing = await readFile(path, 'utf8').catch(() => undefined);
  if (existing !== undefined && !/"coze_api_base":\s*"http:\/\/127\.0\.0\.1:/.test(existing)) {
    throw new Error(`${resolve(path)} exists and is not the stand-in's. Choose another path for --config.`);
  }
}

/** Readable by its owner alone: it holds a private key. */
async function writeConfig(path: string, config: CozeOAuthConfig): Promise<void> {
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
