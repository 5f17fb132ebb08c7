/** Paths of the documentation's pages about what is pasted, below `/docs/en/` or `/docs/zh-CN/`. */
import type { BackendName } from './backend-names.js';
import type { SnippetKind } from './snippet-kinds.js';

/** What a project needs for a component; a page in HTML needs nothing else. */
export const SNIPPET_GUIDES: Readonly<Partial<Record<SnippetKind, string>>> = {
  react: 'guide/frameworks/react',
  vue: 'guide/frameworks/vue',
  svelte: 'guide/frameworks/svelte',
};

export const BACKEND_GUIDES: Readonly<Record<BackendName, string>> = {
  express: 'guide/getting-started',
  node: 'guide/backend',
  hono: 'guide/backend',
  fastify: 'guide/backends/node',
  koa: 'guide/backends/node',
  next: 'guide/frameworks/next',
  nuxt: 'guide/frameworks/nuxt',
  sveltekit: 'guide/frameworks/sveltekit',
  astro: 'guide/frameworks/astro',
  nest: 'guide/backend',
  worker: 'guide/backends/node',
  python: 'guide/backends/python',
  fastapi: 'guide/backends/fastapi',
  php: 'guide/backends/php',
  go: 'guide/backends/go',
  java: 'guide/backends/java',
};
