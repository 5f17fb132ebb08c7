/** `npm start`: builds the package, and serves the preview page with everything it needs. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ServerConfigurationError } from '../src/server/index.js';
import { areDocsUpToDate, buildDocs } from './build-docs.js';
import { buildPackage } from './build-package.js';
import { buildPage, PAGE_DIR } from './build-page.js';
import { type CozeService, openCozeService, StartError } from './coze-service.js';
import { SITE_DIR } from './docs/.vitepress/sources.js';
import { requireFreePort } from './host/free-port.js';
import { type RunningHost, startHost } from './host/start-host.js';

const DEFAULT_PORT = 5173;
const EMBED_DIR = fileURLToPath(new URL('../dist', import.meta.url));

async function start(): Promise<void> {
  const port = readPort(process.env['PORT'] || undefined);
  await requireFreePort(port);
  const coze = await openCozeService({
    configPath: process.env['COZE_OAUTH_CONFIG'] || undefined,
    botId: process.env['COZE_BOT_ID'] || undefined,
    standInPort: port + 1,
  });
  await report('Building the package, which takes half a minute', buildPackage);
  await report('Building the pages', buildPage);
  let hasDocs = areDocsUpToDate();
  // The static file server warns about a missing folder.
  await mkdir(SITE_DIR, { recursive: true });
  const docs = { dir: SITE_DIR, isReady: () => hasDocs };
  const host = await startHost({ ...coze, port, embedDir: EMBED_DIR, pageDir: PAGE_DIR, docs });
  console.log(welcome(host.origin, coze));
  stopOnSignal(host, coze);
  // Built while the page is already served, so that nobody waits for it.
  if (!hasDocs) await buildDocs();
  hasDocs = true;
}

/** Prints the task's title, and its duration when it is done. */
async function report(title: string, work: () => Promise<void>): Promise<void> {
  const startedAtMs = Date.now();
  process.stdout.write(`${title} … `);
  await work();
  console.log(`${Math.ceil((Date.now() - startedAtMs) / 1000)} s`);
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) throw new StartError(`PORT must be a number from 1 to 65534, not "${text}".`);
  return port;
}

const welcome = (origin: string, coze: CozeService): string => `
  Preview page   ${origin}
  Documentation  ${origin}/docs/
  Playground     ${origin}/playground/
  Coze API       ${coze.description}

  What to try
  1. Write something in Alice's browser and in Bob's, then reload either: each sees only their own history.
  2. Choose "One shared token", write as Alice, and reload Bob's browser: there is her message.
  3. Choose a token life of ${coze.capTokenLifeSeconds === undefined ? '15 min' : '15 s'}, keep chatting, and watch the tokens being renewed.

  Ctrl+C stops it.
`;

function stopOnSignal(host: RunningHost, coze: CozeService): void {
  const stop = (): void => {
    void Promise.all([host.stop(), coze.stop()]).then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function explain(error: unknown): void {
  if (isPortTaken(error)) console.error(`Port ${error.port} is taken. Choose another one: PORT=8080 npm start`);
  else if (error instanceof StartError || error instanceof ServerConfigurationError) console.error(error.message);
  else console.error(error);
}

const isPortTaken = (error: unknown): error is Error & { readonly port: number } =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

start().catch((error: unknown) => {
  explain(error);
  process.exit(1);
});
