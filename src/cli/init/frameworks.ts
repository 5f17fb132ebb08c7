/** The frameworks that `init` supports: how to recognise each one, the file with the handler, and the line that mounts it. */

/** What is known about a project. */
export interface Project {
  /** Names in `dependencies` and `devDependencies`. */
  readonly packages: ReadonlySet<string>;
  readonly usesTypeScript: boolean;
  /** Whether Next's app router is in `src/`. */
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
  /** How to start the server with that environment file, if it does not read the file by itself. */
  readonly start?: string;
}

const IMPORTS = `import { anonymousVisitor, createCozeChat, firstIdentityOf } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';`;

const CREATE = `createCozeChat({
  oauth: readCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG ?? 'coze_oauth_config.json'),
  // Yours: the id of who is signed in, from the session of this request, or null. It must be unique, and never change.
  identify: firstIdentityOf(async (request) => null, anonymousVisitor({ cookieSecret: process.env.VISITOR_COOKIE_SECRET ?? '' })),
})`;

/** Created lazily, because builds import the file too, without a key in their environment. */
const LAZY = `let cozeChat;

function handle(request) {
  cozeChat ??= ${CREATE.replaceAll('\n', '\n  ')};
  return cozeChat(request);
}
`;

const MODULE = `${IMPORTS}\n\nexport const cozeChat = ${CREATE};\n`;

const handler = (): string => 'coze-chat';

/** @param mount the line that mounts the handler on the server */
function stepsOfServer(mount: string, name = 'cozeChat'): Framework['steps'] {
  return (file) => {
    const path = `./${file.replace(/\.ts$/, '.js')}`;
    return [
      `Your server: import { ${name} } from '${path}'; (in CommonJS: const { ${name} } = require('${path}'); with Node 20.19 or later), and before what requires a log-in: ${mount}`,
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
    title: 'Next, app router',
    path: ({ hasSourceFolder }) => `${hasSourceFolder ? 'src/' : ''}app/coze/[...path]/route`,
    content: `${IMPORTS}\n\n${LAZY}\nexport { handle as GET, handle as HEAD, handle as OPTIONS, handle as POST };\n`,
    environmentFile: '.env.local',
    steps: () => ["next.config.mjs: export default { serverExternalPackages: ['coze-chat-embed'] }; so that its files are found."],
  },
  nuxt: {
    title: 'Nuxt',
    path: () => 'server/routes/coze/[...path]',
    content: `${IMPORTS}\n\nconst cozeChat = ${CREATE};\n\nexport default defineEventHandler(({ node }) => cozeChat(node.req, node.res));\n`,
    environmentFile: '.env',
    steps: () => ["nuxt.config: nitro: { externals: { external: ['coze-chat-embed'] } }, so that its files are found."],
    start: 'for development Nuxt reads the file by itself; once it is built, node --env-file=.env .output/server/index.mjs',
  },
  '@sveltejs/kit': {
    title: 'SvelteKit',
    path: () => 'src/routes/coze/[...path]/+server',
    content: `${IMPORTS}\n\n${LAZY}\nexport const fallback = ({ request }) => handle(request);\n`,
    environmentFile: '.env',
    steps: () => [
      'Where its Node adapter runs it: ORIGIN=https://your.site in the environment, or it takes every page for one of another site.',
    ],
    start: 'node --env-file=.env node_modules/vite/bin/vite.js for development; once it is built, node --env-file=.env build',
  },
  astro: {
    title: 'Astro',
    path: () => 'src/pages/coze/[...path]',
    content: `${IMPORTS}\n\n${LAZY}\nexport const prerender = false;\nexport const ALL = ({ request }) => handle(request);\n`,
    environmentFile: '.env',
    steps: () => ['astro.config: an adapter for your server, such as @astrojs/node.'],
    start:
      'node --env-file=.env node_modules/astro/astro.js dev for development; once it is built, node --env-file=.env dist/server/entry.mjs',
  },
  '@nestjs/core': {
    title: 'NestJS',
    path: () => 'src/coze-chat',
    content: MODULE,
    environmentFile: '.env',
    steps: () => ["main.ts: import { cozeChat } from './coze-chat'; and after NestFactory.create: app.use('/coze', cozeChat);"],
    start: 'node --env-file=.env dist/main.js, say',
  },
  express: { ...server, title: 'Express', content: MODULE, steps: stepsOfServer("app.use('/coze', cozeChat);") },
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
    steps: stepsOfServer('await app.register(cozeChatRoutes);', 'cozeChatRoutes'),
  },
  hono: { ...server, title: 'Hono', content: MODULE, steps: stepsOfServer("app.all('/coze/*', ({ req }) => cozeChat(req.raw));") },
} as const satisfies Readonly<Record<string, Framework>>;

export const PLAIN_NODE: Framework = {
  ...server,
  title: 'Node, without a framework that is known',
  content: MODULE,
  steps: stepsOfServer("if (request.url.startsWith('/coze/')) return cozeChat(request, response);"),
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
    <script src="/coze/embed.js" defer data-bot-id="YOUR BOT’S ID"></script>
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
    'Run "npx coze-chat-embed serve" beside your backend with this environment, and forward /coze/ to it.',
    'Sign who is signed in as a JWT with IDENTITY_SECRET (HS256; sub, aud, exp), and put it into the line as data-identity-token.',
  ],
};

const FILES_OF_OTHERS = [
  ...['requirements.txt', 'pyproject.toml', 'manage.py', 'app.py'],
  ...['composer.json', 'index.php', 'wp-config.php'],
  ...['go.mod', 'pom.xml', 'build.gradle', 'Gemfile'],
];

const NODE_SERVER = /^(?:src\/)?(?:server|app|index|main)\.[cm]?[jt]s$/;

/** Frameworks that are built on others come first. */
export function findFramework({ packages, files }: Project): Framework {
  for (const [name, framework] of Object.entries<Framework>(FRAMEWORKS)) if (packages.has(name)) return framework;
  if ([...files].some((name) => NODE_SERVER.test(name))) return PLAIN_NODE;
  return FILES_OF_OTHERS.some((name) => files.has(name)) ? OTHER_LANGUAGE : NO_SERVER;
}
