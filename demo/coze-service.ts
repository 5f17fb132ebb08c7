/** Which Coze API the preview page uses: the real one if credentials are given, else the local stand-in. */
import { readFile } from 'node:fs/promises';
import { fromCozeOAuthConfig } from '../src/server/index.js';
import { startCozeStandIn } from './coze-stand-in/index.js';

export interface CozeService {
  readonly oauthConfig: string | object;
  readonly botId: string;
  /** The bot for pages in Chinese; absent with the real service, which has only one bot. */
  readonly chineseBotId?: string;
  /** The address of the API, for people. */
  readonly description: string;
  /** Absent with the real service. */
  readonly capTokenLifeSeconds?: (seconds: number) => void;
  stop(): Promise<void>;
}

/** An error that prevents the start; its message is for the person who typed the command. */
export class StartError extends Error {}

export interface CozeServiceOptions {
  /** Path of `coze_oauth_config.json`. */
  readonly configPath: string | undefined;
  readonly botId: string | undefined;
  /** The stand-in's port if it is free; otherwise any free port. */
  readonly standInPort: number;
}

export async function openCozeService({ configPath, botId, standInPort }: CozeServiceOptions): Promise<CozeService> {
  if (configPath === undefined && botId === undefined) return startStandInService(standInPort);
  if (configPath === undefined || botId === undefined) {
    throw new StartError('The real Coze service needs both COZE_OAUTH_CONFIG (path of coze_oauth_config.json) and COZE_BOT_ID.');
  }
  const oauthConfig = await readConfig(configPath);
  return {
    oauthConfig,
    botId,
    description: `${new URL(fromCozeOAuthConfig(oauthConfig).apiBaseUrl).host}, bot ${botId}`,
    stop: async () => undefined,
  };
}

async function startStandInService(preferredPort: number): Promise<CozeService> {
  // Slow enough to watch an answer stream in.
  const options = { faults: { beforeAnswerMs: 400, betweenWordsMs: 40 } };
  const standIn = await startCozeStandIn({ ...options, port: preferredPort }).catch(() => startCozeStandIn(options));
  return {
    oauthConfig: standIn.oauthConfig,
    botId: standIn.botId,
    chineseBotId: standIn.chineseBotId,
    description: `${standIn.origin} (local stand-in)`,
    capTokenLifeSeconds: (seconds) => standIn.setFaults({ maxTokenLifeSeconds: seconds }),
    stop: () => standIn.stop(),
  };
}

async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new StartError(`COZE_OAUTH_CONFIG names ${path}, which cannot be read.`);
  }
}
