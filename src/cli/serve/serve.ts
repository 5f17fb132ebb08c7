/** `serve`: a page with a chat for development, and a sidecar for a backend in any language for production. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { ServerConfigurationError } from '../../server/config/configuration-error.js';
import type { Terminal } from '../terminal.js';
import { DEVELOPMENT_PORT, type Environment, parseEnvironment, type ServeSettings } from './settings.js';
import { type Sidecar, startSidecar } from './sidecar.js';
import { renderTryPage } from './try-page.js';
import { nameVariables } from './variable-names.js';

export interface ServeOptions {
  /** Whether to start a stand-in for Coze as well. */
  readonly usesStandIn: boolean;
  /** `coze_oauth_config.json` and a bot: serves a page to try the chat. */
  readonly configPath: string | undefined;
  readonly botId: string | undefined;
  readonly port: number | undefined;
}

/** The members of the stand-in that `serve` uses. */
export interface StandIn {
  readonly origin: string;
  readonly oauthConfig: object;
  readonly botId: string;
  stop(): Promise<void>;
}

export interface ServeDeps {
  readonly environment: Environment;
  readonly startStandIn: () => Promise<StandIn>;
  /** Resolves when the process receives a signal to stop. */
  readonly untilStopped: () => Promise<void>;
  /** The package's `dist/`, if this code is not in it. */
  readonly files?: URL;
}

/** Resolves after the server has stopped: 0, or 1 if it could not start. */
export async function serve(options: ServeOptions, deps: ServeDeps, terminal: Terminal): Promise<0 | 1> {
  const isDevelopment = options.usesStandIn || options.configPath !== undefined;
  const standIn = options.usesStandIn ? await deps.startStandIn() : undefined;
  try {
    const environment = isDevelopment ? developmentEnvironment(options, standIn) : withPort(deps.environment, options.port);
    const parsed = parseEnvironment(environment, (path) => readFileSync(path, 'utf8'), isDevelopment ? '--config' : undefined);
    if (!parsed.ok) {
      terminal.writeError(`${parsed.error}\n`);
      return 1;
    }
    return await run(parsed.value, {
      isDevelopment,
      botId: standIn?.botId ?? options.botId,
      deps,
      terminal,
      isStandIn: standIn !== undefined,
    });
  } finally {
    await standIn?.stop();
  }
}

interface RunOptions {
  readonly isDevelopment: boolean;
  readonly isStandIn: boolean;
  readonly botId: string | undefined;
  readonly deps: ServeDeps;
  readonly terminal: Terminal;
}

async function run(settings: ServeSettings, { isDevelopment, isStandIn, botId, deps, terminal }: RunOptions): Promise<0 | 1> {
  const log = (entry: object): void => terminal.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
  const { apiBaseUrl } = settings.oauth;
  const page = isDevelopment && botId !== undefined ? renderTryPage({ path: settings.path, botId, apiBaseUrl, isStandIn }) : undefined;
  let sidecar: Sidecar;
  try {
    sidecar = await startSidecar({ settings, log: isDevelopment ? () => undefined : log, page, isDevelopment, files: deps.files });
  } catch (error) {
    terminal.writeError(`${describeFailure(error, settings.port, isDevelopment ? '--config' : 'COZE_OAUTH_CONFIG')}\n`);
    return 1;
  }
  if (isDevelopment) terminal.write(`Your chat: ${sidecar.origin}\nCtrl+C stops it.\n`);
  else log({ level: 'info', type: 'started', origin: sidecar.origin, path: settings.path, pid: process.pid });
  await deps.untilStopped();
  if (!isDevelopment) log({ level: 'info', type: 'stopping' });
  await sidecar.stop();
  if (!isDevelopment) log({ level: 'info', type: 'stopped' });
  return 0;
}

/** Each start has new visitors; the history is stored at Coze, not here. */
function developmentEnvironment({ configPath, port }: ServeOptions, standIn: StandIn | undefined): Environment {
  return {
    COZE_OAUTH_CONFIG: standIn === undefined ? configPath : JSON.stringify(standIn.oauthConfig),
    VISITOR_COOKIE_SECRET: randomBytes(32).toString('hex'),
    PORT: String(port ?? DEVELOPMENT_PORT),
  };
}

function withPort(environment: Environment, port: number | undefined): Environment {
  return port === undefined ? environment : { ...environment, PORT: String(port) };
}

/** Node reports the last one for `::` on a machine without IPv6. */
const NO_ADDRESS_CODES: readonly string[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT'];

function describeFailure(error: unknown, port: number, configSource: string): string {
  if (error instanceof ServerConfigurationError) return nameVariables(error.message, configSource);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another one with --port.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose another one with --port.`;
  if (typeof code === 'string' && NO_ADDRESS_CODES.includes(code))
    return 'HOST must be an address of this machine: 127.0.0.1, or 0.0.0.0 or :: for all.';
  return 'The server could not start.';
}
