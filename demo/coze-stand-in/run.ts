/** The stand-in as a program: runs until it receives a signal, with credentials that persist across restarts. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CozeOAuthConfig, type CozeStandIn, startCozeStandIn } from './index.js';
import { parseJson } from './json.js';
import type { OAuthAppCredentials } from './oauth/app-key.js';

export { startCozeStandIn } from './index.js';

export interface StandInProgramOptions {
  /** By default the port in the credentials' file, else 4310. */
  readonly port?: number | undefined;
  /** Path of `coze_oauth_config.json`: read if the file exists, else written. */
  readonly configPath: string;
  /** Pause between two words of an answer. */
  readonly paceMs: number;
}

const DEFAULT_PORT = 4310;

/** @throws an Error whose message is for the person who typed the command */
export async function openStandIn({ port, configPath, paceMs }: StandInProgramOptions): Promise<CozeStandIn> {
  const kept = await readKept(configPath);
  const chosenPort = port ?? kept?.port ?? DEFAULT_PORT;
  const faults = { beforeAnswerMs: paceMs * 5, betweenWordsMs: paceMs };
  const standIn = await startCozeStandIn({ port: chosenPort, faults, credentials: kept?.credentials }).catch((error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${chosenPort} is taken. Choose another one with --port.`);
  });
  // Written even if the file exists, because the port may have changed.
  await writeConfig(configPath, standIn.oauthConfig).catch(async () => {
    await standIn.stop();
    throw new Error(`${resolve(configPath)} cannot be written. Choose another path with --config.`);
  });
  return standIn;
}

export function describeStandIn(standIn: CozeStandIn, configPath: string): string {
  return `Coze stand-in:  ${standIn.origin}
Credentials:    ${resolve(configPath)} (kept for the next start; keep it out of git)
Published bots: ${standIn.botId}, ${standIn.secondBotId}, ${standIn.chineseBotId} (Chinese)
App, workflow:  ${standIn.appId}, ${standIn.workflowId}

Server:         oauth: readCozeOAuthConfig('${configPath.replaceAll(/[\\']/g, String.raw`\$&`)}')
Page:           data-api-base-url="${standIn.origin}" data-bot-id="${standIn.botId}"
`;
}

interface Kept {
  readonly credentials: OAuthAppCredentials;
  readonly port: number;
}

/** Never uses or overwrites a configuration of the real service. */
async function readKept(path: string): Promise<Kept | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const config = parseJson(text) as Partial<CozeOAuthConfig> | undefined;
  const [, port] = /^http:\/\/127\.0\.0\.1:(\d+)$/.exec(String(config?.coze_api_base)) ?? [];
  if (port === undefined || typeof config?.client_id !== 'string' || typeof config.private_key !== 'string') {
    throw new Error(`${resolve(path)} exists and is not the stand-in's. Choose another path with --config.`);
  }
  return { credentials: { appId: config.client_id, privateKeyPem: config.private_key }, port: Number(port) };
}

/** Readable by its owner only, because it contains a private key. */
async function writeConfig(path: string, config: CozeOAuthConfig): Promise<void> {
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
