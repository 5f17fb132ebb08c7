/** The frameworks that `init` supports: how to recognise each one, the file with the handler, and the line that mounts it. */

/** The facts about a project from which `init` derives its files. */
export interface Project {
  /** Names in `dependencies` and `devDependencies`. */
  readonly packages: ReadonlySet<string>;
  readonly usesTypeScript: boolean;
  /** Whether Next's routers, `app` and `pages`, are in `src/`. */
  readonly hasSourceFolder: boolean;
  /** Files in the project's root folder, and those in `src/` with that prefix. */
  readonly files: ReadonlySet<string>;
  /** Whether Node treats the project's `.js` files as ES modules. */
  readonly isModule: boolean;
}

export interface Framework {
  readonly title: string;
  /** Path of the handler's file without its extension; absent if the backend is in another language. */
  readonly path?: (project: Project) => string;
  readonly content?: string;
  /** Extension of the handler's file, if it is not the project's usual one. */
  readonly extension?: (project: Project) => string;
  /** Further files that the handler needs, by path. */
  readonly otherFiles?: Readonly<Record<string, string>>;
  /** The environment file that git ignores. */
  readonly environmentFile: string;
  /** Further steps, one sentence each. @param file the handler's */
  readonly steps: (file: string) => readonly string[];
  /** The line of the pages, if it is not that of HTML, and where it belongs. */
  readonly page?: string;
  /** How to start the server with that environment file, if it does not read the file by itself. */
  readonly start?: string;
}

const YOUR_BOT = 'YOUR BOT’S ID';

export const PAGE_LINE = `<script src="/coze/embed.js" defer data-bot-id="${YOUR_BOT}"></script>`;

const IMPORTS = `import { anonymousVisitor, createCozeChat, firstIdentityOf } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';`;

/** @param hint lines of a comment about the session of this framework */
function createChat(...hint: readonly string[]): string {
  return `createCozeChat({
  oauth: readCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG ?? 'coze_oauth_config.json'),
  // Yours: the id of who is signed in, from the session of this request, or null. It must be unique, and never change.
${hint.map((line) => `  // ${line}\n`).join('')}  identify: firstIdentityOf(async (request) => null, anonymousVisitor({ cookieSecret: process.env.VISITOR_COOKIE_SECRET ?? '' })),
})`;
}

const CREATE = createChat();

/** Created lazily, because builds import the file too, without a key in their environment. */
const LAZY = `let cozeChat;

function handle(request) {
  cozeChat ??= ${CREATE.replaceAll('\n', '\n  ')};
  return cozeChat(request);
}
`;

/** Next gives a route only the methods that it exports. A gateway also has conversations renamed (PUT) and deleted. */
const EXPORTS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].map((method) => `handle as ${method}`).join(', ');

const MODULE = `${IMPORTS}\n\nexport const cozeChat = ${CREATE};\n`;

/** The third argument has Express's own request. */
const EXPRESS_MODULE = `${IMPORTS}\n\nexport const cozeChat = ${createChat(
  'With express-session, for example, in place of the first function:',
  '(_request, _claims, { incoming }) => (incoming.session?.userId ? { id: String(incoming.session.userId) } : null)',
)};\n`;

/** Middleware runs in the order in which it is added. */
const EXPRESS_ORDER = 'after session(), before express.json() and before what requires a log-in';

/** What a strict project's type check requires in addition, by what JavaScript has in its place. */
const TYPES: Readonly<Record<string, string>> = {
  'async (request) => null': 'async (_request) => null',
  // Without a type, the other strategies of firstIdentityOf make it unknown.
  '{ incoming }) =>': '{ incoming }: any) =>',
  'let cozeChat;': 'let cozeChat: ReturnType<typeof createCozeChat> | undefined;',
  'handle(request) {': 'handle(request: Request) {',
  '({ request }) =>': '({ request }: { request: Request }) =>',
  'cozeChatRoutes(scope)': "cozeChatRoutes(scope: import('fastify').FastifyInstance)",
  'cozeChatRoutes(context, next)': "cozeChatRoutes(context: import('koa').Context, next: import('koa').Next)",
};

/** The `content` of a framework in TypeScript. */
export function toTypeScript(content: string): string {
  return Object.entries(TYPES).reduce((code, [plain, typed]) => code.replaceAll(plain, typed), content);
}

/** Beside the server's file: a compiler may take only what is in `src/`. */
function handler({ files }: Project): string {
  const servers = [...files].filter((name) => NODE_SERVER.test(name));
  return servers.length > 0 && servers.every((name) => name.startsWith('src/')) ? 'src/coze-chat' : 'coze-chat';
}

interface Mount {
  /** The line that mounts the handler on the server. */
  readonly line: string;
  /** Where that line belongs. */
  readonly place?: string;
  /** What the handler's file exports. */
  readonly name?: string;
  /** Further steps. */
  readonly session?: (file: string) => string;
}

function stepsOfServer({ line, place = 'before what requires a log-in', name = 'cozeChat', session }: Mount): Framework['steps'] {
  return (file) => {
    const path = `./${file.replace(/^src\//, '').replace(/\.ts$/, '.js')}`;
    return [
      `Your server: import { ${name} } from '${path}'; (in CommonJS: const { ${name} } = require('${path}'); with Node 20.19 or later), and ${place}: ${line}`,
      ...(session === undefined ? [] : [file.endsWith('.ts') ? toTypeScript(session(file)) : session(file)]),
    ];
  };
}

/** Node runs the file directly, so its extension must mark it as a module, unless package.json does. */
const server = {
  path: handler,
  extension: ({ usesTypeScript, isModule }: Project): string => (usesTypeScript ? 'ts' : isModule ? 'js' : 'mjs'),
  environmentFile: '.env',
  start: 'node --env-file=.env server.js, say',
} as const;

export const FRAMEWORKS = {
  next: {
    title: 'Next',
    path: ({ hasSourceFolder }) => `${hasSourceFolder ? 'src/' : ''}app/coze/[...path]/route`,
    content: `${IMPORTS}\n\n${LAZY}\nexport { ${EXPORTS} };\n`,
    environmentFile: '.env.local',
    steps: () => ["To the options in next.config, add serverExternalPackages: ['coze-chat-embed'], so that its files are found."],
    page: `in app/layout, or with the pages router in pages/_app, import Script from 'next/script'; and, in the body, <Script src="/coze/embed.js" data-bot-id="${YOUR_BOT}" />`,
  },
  nuxt: {
    title: 'Nuxt',
    path: () => 'server/routes/coze/[...path]',
    content: `${IMPORTS}\n\nconst cozeChat = ${CREATE};\n\nexport default defineEventHandler(({ node }) => cozeChat(node.req, node.res));\n`,
    environmentFile: '.env',
    steps: () => [
      "To the options in nuxt.config, add nitro: { externals: { external: ['coze-chat-embed'] } }, and, with import { cp } from 'node:fs/promises', hooks: { 'nitro:build:public-assets': ({ options }) => cp('node_modules/coze-chat-embed/dist', `${options.output.serverDir}/node_modules/coze-chat-embed/dist`, { recursive: true }) }, so that its files are found.",
    ],
    page: `in nuxt.config, app: { head: { script: [{ src: '/coze/embed.js', defer: true, 'data-bot-id': '${YOUR_BOT}' }] } }`,
    start: 'for development Nuxt reads the file by itself; once it is built, node --env-file=.env .output/server/index.mjs',
  },
  '@sveltejs/kit': {
    title: 'SvelteKit',
    path: () => 'src/routes/coze/[...path]/+server',
    content: `${IMPORTS}\n\n${LAZY}\nexport const fallback = ({ request }) => handle(request);\n`,
    environmentFile: '.env',
    steps: () => [
      'Where its Node adapter runs it: ORIGIN=https://your.site in the environment, or it takes every page for one of another site.',
      'In package.json, coze-chat-embed stands in dependencies, not in devDependencies: the Node adapter packs those, and its files are not found.',
    ],
    page: `in src/app.html, ${PAGE_LINE}`,
    start: 'node --env-file=.env node_modules/vite/bin/vite.js for development; once it is built, node --env-file=.env build',
  },
  astro: {
    title: 'Astro',
    path: () => 'src/pages/coze/[...path]',
    content: `${IMPORTS}\n\n${LAZY}\nexport const prerender = false;\nexport const ALL = ({ request }) => handle(request);\n`,
    environmentFile: '.env',
    steps: () => ['To the options in astro.config, add an adapter for your server, such as @astrojs/node.'],
    page: `in the layout, ${PAGE_LINE.replace('<script', '<script is:inline')}`,
    start:
      'node --env-file=.env node_modules/astro/astro.js dev for development; once it is built, node --env-file=.env dist/server/entry.mjs',
  },
  '@nestjs/core': {
    title: 'NestJS',
    path: () => 'src/coze-chat',
    content: EXPRESS_MODULE,
    environmentFile: '.env',
    steps: () => [
      `main.ts: import { cozeChat } from './coze-chat'; and after NestFactory.create, ${EXPRESS_ORDER}: app.use('/coze', cozeChat);`,
    ],
    start: 'nest start --watch --env-file=.env for development; once it is built, node --env-file=.env dist/main.js',
  },
  express: {
    ...server,
    title: 'Express',
    content: EXPRESS_MODULE,
    steps: stepsOfServer({ line: "app.use('/coze', cozeChat);", place: EXPRESS_ORDER }),
  },
  fastify: {
    ...server,
    title: 'Fastify',
    content: `${MODULE}
/** app.register(cozeChatRoutes) */
export async function cozeChatRoutes(scope) {
  // It reads the body itself.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  scope.all('/coze/*', (request, reply) => {
    reply.hijack();
    return cozeChat(request.raw, reply.raw);
  });
}
`,
    steps: stepsOfServer({
      line: 'app.register(cozeChatRoutes);',
      name: 'cozeChatRoutes',
      session: (file) =>
        `In ${file}, for a session of @fastify/session: hand it on, cozeChat(Object.assign(request.raw, { session: request.session }), reply.raw), and read it in (_request, _claims, { incoming }) => … incoming.session …`,
    }),
  },
  koa: {
    ...server,
    title: 'Koa',
    content: `${MODULE}
/** app.use(cozeChatRoutes) */
export async function cozeChatRoutes(context, next) {
  if (!context.path.startsWith('/coze/')) return next();
  // Koa leaves the response to it.
  context.respond = false;
  await cozeChat(context.req, context.res);
}
`,
    steps: stepsOfServer({
      line: 'app.use(cozeChatRoutes);',
      place: 'after session(), before any body parser and before what requires a log-in',
      name: 'cozeChatRoutes',
      session: (file) =>
        `In ${file}, for a session of koa-session: hand it on, cozeChat(Object.assign(context.req, { session: context.session }), context.res), and read it in (_request, _claims, { incoming }) => … incoming.session …`,
    }),
  },
  hono: {
    ...server,
    title: 'Hono',
    content: MODULE,
    steps: stepsOfServer({ line: "app.all('/coze/*', ({ req }) => cozeChat(req.raw));" }),
  },
} as const satisfies Readonly<Record<string, Framework>>;

export const PLAIN_NODE: Framework = {
  ...server,
  title: 'Node, without a framework that is known',
  content: MODULE,
  steps: stepsOfServer({ line: "if (request.url.startsWith('/coze/')) return cozeChat(request, response);" }),
};

const SMALL_SERVER = `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';
import { cozeChat } from './coze-chat.mjs';

createServer((request, response) => {
  if (request.url?.startsWith('/coze/')) return cozeChat(request, response);
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(readFileSync('index.html'));
}).listen(process.env.PORT ?? 3000);
`;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page with a chat</title>
    ${PAGE_LINE}
  </head>
  <body></body>
</html>
`;

const NO_SERVER: Framework = {
  ...server,
  title: 'no server yet, so you get a small one',
  extension: () => 'mjs',
  content: MODULE,
  otherFiles: { 'server.mjs': SMALL_SERVER, 'index.html': PAGE },
  steps: () => [],
  start: 'node --env-file=.env server.mjs, which serves index.html at http://localhost:3000',
};

const OTHER_LANGUAGE: Framework = {
  title: 'a backend in another language',
  environmentFile: '.env',
  steps: () => [
    'Beside your backend, run the sidecar with the environment that .env gives: node --env-file=.env node_modules/coze-chat-embed/dist/cli.js serve. Forward /coze/ to its port, 8080.',
    'Sign who is signed in as a JWT with IDENTITY_SECRET (HS256; sub, aud, exp), and put it into the line as data-identity-token.',
  ],
};

const FILES_OF_OTHERS =
  /^(?:(?:app|index|main|manage|server|wp-config|wsgi)\.(?:go|php|py|rb)|composer\.json|pyproject\.toml|requirements\.txt|go\.mod|pom\.xml|build\.gradle|Gemfile)$/;

const NODE_SERVER = /^(?:src\/)?(?:server|app|index|main)\.[cm]?[jt]s$/;

/** `FRAMEWORKS` lists a framework before the one that it is built on. */
export function findFramework({ packages, files }: Project): Framework {
  for (const [name, framework] of Object.entries<Framework>(FRAMEWORKS)) if (packages.has(name)) return framework;
  if ([...files].some((name) => NODE_SERVER.test(name))) return PLAIN_NODE;
  return [...files].some((name) => FILES_OF_OTHERS.test(name)) ? OTHER_LANGUAGE : NO_SERVER;
}
