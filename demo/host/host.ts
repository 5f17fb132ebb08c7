/**
 * The backend of a plausible website that embeds the chat: login, sessions and the token endpoint. It serves two visitors' browsers at
 * once, `/visitors/left/…` and `/visitors/right/…`, see `visitor-sessions.ts`.
 */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as z from 'zod';
import { createTokenEndpoint, fromCozeOAuthConfig } from '../../src/server/index.js';
import type { PageLanguage } from '../site/page-language.js';
import { type Account, accounts, drawAvatar, findAccount } from './accounts.js';
import { addDocs, type DocsSite } from './docs.js';
import { Outage } from './outage.js';
import { requestSharedToken } from './shared-token.js';
import { TokenLife } from './token-life.js';
import { VisitorSessions } from './visitor-sessions.js';

/** Where the host serves the built package. */
export const EMBED_PATH = '/coze-chat-embed';

export interface HostOptions {
  /** Content of the `coze_oauth_config.json` that Coze's console hands out. */
  readonly oauthConfig: string | object;
  readonly botId: string;
  /** The bot for pages in Chinese, if it is another one. */
  readonly chineseBotId?: string | undefined;
  /** Folder of the built package, served under {@link EMBED_PATH}. */
  readonly embedDir: string;
  /** Folder of the built preview page, served at `/`. */
  readonly pageDir?: string | undefined;
  /** The documentation, served at `/docs/`. */
  readonly docs?: DocsSite | undefined;
  /** Additional pages: HTML by path. */
  readonly pages?: Readonly<Record<string, string>> | undefined;
  /** Sent with every response, for example a content security policy. */
  readonly responseHeaders?: Readonly<Record<string, string>> | undefined;
  /** Limits the lifetime of the stand-in's tokens; absent with the real service. */
  readonly capTokenLifeSeconds?: ((seconds: number) => void) | undefined;
  /** `false` switches rate limits off, for tests that simulate many visits in a minute. */
  readonly rateLimit?: false | undefined;
  /** Epoch ms, for tests with virtual time. */
  readonly now?: (() => number) | undefined;
}

/** The response of `GET /preview/config`. */
export interface PreviewConfig {
  readonly apiBaseUrl: string;
  readonly botIds: Readonly<Record<PageLanguage, string>>;
  readonly usesStandIn: boolean;
  readonly accounts: readonly Account[];
  readonly tokenLife: { readonly seconds: number; readonly choicesSeconds: readonly number[] };
}

const logInBody = z.object({ user: z.string() });
const secondsBody = z.object({ seconds: z.number() });

/** The host as a Hono app; `startHost` puts it on a port. */
export function createHost(options: HostOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(options.responseHeaders ?? {})) context.header(name, value);
  });
  addWebsite(app, options);
  addStaticFiles(app, options);
  return app;
}

function addWebsite(app: Hono, { oauthConfig, botId, chineseBotId = botId, capTokenLifeSeconds, rateLimit, now }: HostOptions): void {
  const oauth = fromCozeOAuthConfig(oauthConfig);
  const sessions = new VisitorSessions();
  const tokenLife = new TokenLife({ capSeconds: capTokenLifeSeconds });
  const outage = new Outage();
  const identify = async (request: Request) => {
    const account = sessions.find(request);
    return account === undefined ? null : { id: account.id, tenant: 'tidewater' };
  };
  const createEndpoint = () =>
    createTokenEndpoint({
      oauth,
      identify,
      durationSeconds: tokenLife.requestSeconds,
      ...(rateLimit === false ? { rateLimit } : {}),
      ...(now === undefined ? {} : { now }),
    });
  let answerTokenRequest = createEndpoint();

  app.get('/visitors/:pane/session', (context) => context.json({ user: sessions.find(context.req.raw) ?? null }));
  app.post('/visitors/:pane/session', async (context) => {
    const body = logInBody.safeParse(await readJson(context.req.raw));
    const account = body.success ? findAccount(body.data.user) : undefined;
    if (account === undefined) return context.json({ error: 'unknown_account' }, 400);
    return context.json({ user: account }, 200, { 'set-cookie': sessions.start(context.req.raw, account) });
  });
  app.delete('/visitors/:pane/session', (context) => context.body(null, 204, { 'set-cookie': sessions.end(context.req.raw) }));

  app.use('/visitors/:pane/api/coze/*', async (context, next) => {
    if (!outage.isOn) return next();
    return context.json({ error: 'upstream_unavailable' }, 503, { 'cache-control': 'no-store' });
  });
  app.all('/visitors/:pane/api/coze/token', ({ req }) => answerTokenRequest(req.raw));
  app.post('/visitors/:pane/api/coze/shared-token', async (context) => {
    if (sessions.find(context.req.raw) === undefined) return context.json({ error: 'unauthenticated' }, 401);
    return requestSharedToken(oauth, tokenLife.requestSeconds);
  });

  app.get('/preview/config', (context) =>
    context.json({
      apiBaseUrl: oauth.apiBaseUrl,
      botIds: { en: botId, 'zh-CN': chineseBotId },
      usesStandIn: capTokenLifeSeconds !== undefined,
      accounts,
      tokenLife: { seconds: tokenLife.seconds, choicesSeconds: tokenLife.choicesSeconds },
    } satisfies PreviewConfig),
  );
  app.put('/preview/token-life', async (context) => {
    const body = secondsBody.safeParse(await readJson(context.req.raw));
    if (!body.success || !tokenLife.choose(body.data.seconds)) return context.json({ error: 'invalid_seconds' }, 400);
    answerTokenRequest = createEndpoint();
    return context.body(null, 204);
  });
  app.put('/preview/outage', async (context) => {
    const body = secondsBody.safeParse(await readJson(context.req.raw));
    return body.success && outage.lastFor(body.data.seconds) ? context.body(null, 204) : context.json({ error: 'invalid_seconds' }, 400);
  });
}

function addStaticFiles(app: Hono, { embedDir, pageDir, docs, pages = {} }: HostOptions): void {
  for (const account of accounts) {
    app.get(account.avatar, (context) => context.body(drawAvatar(account), 200, { 'content-type': 'image/svg+xml' }));
  }
  for (const [path, html] of Object.entries(pages)) app.get(path, (context) => context.html(html));
  // Any site may load the package, as from a CDN.
  app.use(`${EMBED_PATH}/*`, cors({ origin: '*' }));
  app.get(`${EMBED_PATH}/*`, serveStatic({ root: embedDir, rewriteRequestPath: (path) => path.slice(EMBED_PATH.length) }));
  if (docs !== undefined) addDocs(app, docs);
  if (pageDir === undefined) return;
  app.get('/playground', (context) => context.redirect('/playground/'));
  app.get('/playground/*', serveStatic({ root: pageDir, rewriteRequestPath: (path) => `/demo${path}` }));
  app.get('*', serveStatic({ root: pageDir }));
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
