/**
 * The backend code for the chosen runtime: the output of `init` for Node's frameworks, and the examples in `demo/backends` for the others.
 */
import { type Framework, FRAMEWORKS, PLAIN_NODE } from '../../../src/cli/init/frameworks.js';
import { type BackendName, type EndpointName, isMount, type MountName } from './backend-names.js';

export interface Backend {
  /** Path of the code in a project. */
  readonly path: string;
  readonly text: string;
  /** Further steps, one sentence each. */
  readonly steps: readonly string[];
}

const MOUNTS: Readonly<Record<MountName, Framework>> = {
  express: FRAMEWORKS.express,
  node: PLAIN_NODE,
  hono: FRAMEWORKS.hono,
  fastify: FRAMEWORKS.fastify,
  koa: FRAMEWORKS.koa,
  next: FRAMEWORKS.next,
  nuxt: FRAMEWORKS.nuxt,
  sveltekit: FRAMEWORKS['@sveltejs/kit'],
  astro: FRAMEWORKS.astro,
  nest: FRAMEWORKS['@nestjs/core'],
};

interface Example {
  readonly path: string;
  readonly load: () => Promise<{ readonly default: string }>;
}

/** Loaded when the backend is chosen. */
const EXAMPLES: Readonly<Record<EndpointName, Example>> = {
  worker: { path: 'worker.ts', load: () => import('../../backends/worker.ts?raw') },
  python: { path: 'app.py', load: () => import('../../backends/python/app.py?raw') },
  fastapi: { path: 'main.py', load: () => import('../../backends/fastapi/main.py?raw') },
  php: { path: 'app.php', load: () => import('../../backends/php/app.php?raw') },
  go: { path: 'main.go', load: () => import('../../backends/go/main.go?raw') },
  java: { path: 'TokenEndpoint.java', load: () => import('../../backends/java/TokenEndpoint.java?raw') },
};

const PROJECT = { packages: new Set<string>(), usesTypeScript: false, hasSourceFolder: false, isModule: true, files: new Set<string>() };

export const BACKEND_TITLES: Readonly<Record<BackendName, string>> = {
  express: 'Express',
  node: 'Node (http)',
  hono: 'Hono',
  fastify: 'Fastify',
  koa: 'Koa',
  next: 'Next',
  nuxt: 'Nuxt',
  sveltekit: 'SvelteKit',
  astro: 'Astro',
  nest: 'NestJS',
  worker: 'Cloudflare Workers',
  python: 'Python (Flask)',
  fastapi: 'Python (FastAPI)',
  php: 'PHP',
  go: 'Go',
  java: 'Java',
};

/** Rejects if an example's file cannot be loaded. */
export async function loadBackend(name: BackendName): Promise<Backend> {
  if (!isMount(name)) {
    const { path, load } = EXAMPLES[name];
    return { path, text: (await load()).default, steps: [] };
  }
  const { path, content = '', steps } = MOUNTS[name];
  const file = `${path?.(PROJECT) ?? ''}.js`;
  return { path: file, text: content, steps: steps(file) };
}
