/** Backends with the files that `init` writes for them, each with two visitors in Chromium. */
import { test } from 'vitest';
import { setUpSites } from '../support/hosts/sites.js';

const { checkServer } = setUpSites(['node-http', 'fastify', 'hono']);

test.each([
  ['plain Node', 'node-http'],
  ['Fastify', 'fastify'],
  ['Hono', 'hono'],
])('A site on %s keeps two visitors apart, with the files that init writes', (_, name) =>
  checkServer({ name, isInitialized: true, args: ['server.js'] }),
);
