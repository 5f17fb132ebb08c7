/** The frameworks that `init` knows: how each is recognised, the file with the handler, and the line that mounts it. */

/** What a project says about itself. */
export interface Project {
  /** Names in `dependencies` and `devDependencies`. */
  readonly packages: ReadonlySet<string>;
  readonly usesTypeScript: boolean;
  /** Whether the app router of Next lies in `src/`. */
  readonly hasSourceFolder: boolean;
  /** Files at the top of the project. */
  readonly files: ReadonlySet<string>;
}

export interface Framework {
  readonly title: string;
  /** Of its handler, without the extension; none where another language runs the backend. */
  readonly path?: (project: Project) => string;
  readonly content?: string;
  /** What else has to be written, in a sentence each. */
  readonly steps: readonly string[];
}

const IMPORTS = `import { anonymousVisitor, createCozeChat, firstIdentityOf } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';`;

const CREATE = `createCozeChat({
  oauth: readCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG ?? 'coze_oauth_config.json'),
  // Yours: the id of who is signed in, from the session of this request, or null. It must be unique, and never change.
  identify: firstIdentityOf(async (request) => null, anonymousVisitor({ cookieSecret: process.env.VISITOR_COOKIE_SECRET ?? '' })),
})`;

/** Builds import the file as well, where there is no key. */
const LAZY = `let cozeChat;

function handle(request) {
  cozeChat ??= ${CREATE.replaceAll('\n', '\n  ')};
  return cozeChat(request);
}
`;

const MODULE = `${IMPORTS}\n\nexport const cozeChat = ${CREATE};\n`;

const handler = (): string => 'coze-chat';

export const FRAMEWORKS = {
  next: {
    title: 'Next, app router',
    path: ({ hasSourceFolder }) => `${hasSourceFolder ? 'src/' : ''}app/coze/[...path]/route`,
    content: `${IMPORTS}\n\n${LAZY}\nexport { handle as GET, handle as HEAD, handle as OPTIONS, handle as POST };\n`,
    steps: ["next.config: serverExternalPackages: ['coze-chat-embed'], so that its files are found."],
  },
  nuxt: {
    title: 'Nuxt',
    path: () => 'server/routes/coze/[...path]',
    content: `${IMPORTS}\n\nconst cozeChat = ${CREATE};\n\nexport default defineEventHandler(({ node }) => cozeChat(node.req, node.res));\n`,
    steps: ["nuxt.config: nitro: { externals: { external: ['coze-chat-embed'] } }, so that its files are found."],
  },
  '@sveltejs/kit': {
    title: 'SvelteKit',
    path: () => 'src/routes/coze/[...path]/+server',
    content: `${IMPORTS}\n\n${LAZY}\nexport const fallback = ({ request }) => handle(request);\n`,
    steps: ['Where its Node adapter runs it: ORIGIN=https://your.site in the environment, or it takes every page for one of another site.'],
  },
  astro: {
    title: 'Astro',
    path: () => 'src/pages/coze/[...path]',
    content: `${IMPORTS}\n\n${LAZY}\nexport const prerender = false;\nexport const ALL = ({ request }) => handle(request);\n`,
    steps: ['astro.config: an adapter for your server, such as @astrojs/node.'],
  },
  '@nestjs/core': {
    title: 'NestJS',
    path: () => 'src/coze-chat',
    content: MODULE,
    steps: ["main.ts, after NestFactory.create: app.use('/coze', cozeChat);"],
  },
  express: { title: 'Express', path: handler, content: MODULE, steps: ["Your server: app.use('/coze', cozeChat);"] },
  fastify: {
    title: 'Fastify',
    path: handler,
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
    steps: ['Your server: await app.register(cozeChatRoutes);'],
  },
  hono: {
    title: 'Hono',
    path: handler,
    content: MODULE,
    steps: ["Your server: app.all('/coze/*', ({ req }) => cozeChat(req.raw));"],
  },
} as const satisfies Readonly<Record<string, Framework>>;

export const PLAIN_NODE: Framework = {
  title: 'Node, without a framework that is known',
  path: handler,
  content: MODULE,
  steps: ["Your server: if (request.url.startsWith('/coze/')) return cozeChat(request, response);"],
};

const OTHER_LANGUAGE: Framework = {
  title: 'a backend in another language',
  steps: [
    'Run "npx coze-chat-embed serve" beside your backend, and forward /coze/ to it.',
    'Sign who is signed in as a JWT with IDENTITY_SECRET (HS256; sub, aud, exp), and put it into the line as data-identity-token.',
  ],
};

const FILES_OF_OTHERS = ['requirements.txt', 'pyproject.toml', 'composer.json', 'go.mod', 'pom.xml', 'build.gradle', 'Gemfile'];

/** Those that build upon others come first. */
export function findFramework({ packages, files }: Project): Framework {
  for (const [name, framework] of Object.entries<Framework>(FRAMEWORKS)) if (packages.has(name)) return framework;
  const isOther = !files.has('package.json') && FILES_OF_OTHERS.some((name) => files.has(name));
  return isOther ? OTHER_LANGUAGE : PLAIN_NODE;
}
