/** Which Coze the preview page talks to: the real one when credentials are given, else the local stand-in. */
import { readFile } from 'node:fs/promises';
import { fromCozeOAuthConfig } from '../src/server/index.js';
import { startCozeStandIn } from './coze-stand-in/index.js';

export interface CozeService {
  readonly oauthConfig: string | object;
  readonly botId: string;
  /** That of pages in Chinese; absent with the real service, which has the one. */
  readonly chineseBotId?: string;
  /** For people: where the API is. */
  readonly description: string;
  /** Absent with the real service. */
  readonly capTokenLifeSeconds?: (seconds: number) => void;
  stop(): Promise<void>;
}

/** A start that cannot go on, with a sentence for the person who typed the command. */
export class StartError extends Error {}

export interface CozeServiceOptions {
  /** Path of the `coze_oauth_config.json`. */
  readonly configPath: string | undefined;
  readonly botId: string | undefined;
  /** Taken by the stand-in if it is free; any other if not. */
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
  // At this pace an answer can be watched as it comes in.
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
