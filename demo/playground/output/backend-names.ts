/** The backends that have sample code: first mounts of `createCozeChat`, then token endpoints alone. */
export const MOUNT_NAMES = ['express', 'node', 'hono', 'fastify', 'koa', 'next', 'nuxt', 'sveltekit', 'astro', 'nest'] as const;
const ENDPOINT_NAMES = ['worker', 'python', 'fastapi', 'php', 'go', 'java'] as const;
export const BACKEND_NAMES = [...MOUNT_NAMES, ...ENDPOINT_NAMES] as const;

export type MountName = (typeof MOUNT_NAMES)[number];
export type EndpointName = (typeof ENDPOINT_NAMES)[number];
export type BackendName = (typeof BACKEND_NAMES)[number];

export const isMount = (name: BackendName): name is MountName => MOUNT_NAMES.some((mount) => mount === name);
