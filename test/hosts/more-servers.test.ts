/** Backends that take too long to install and build for `npm test`: `npm run test:servers`. */
import { test } from 'vitest';
import { setUpSites } from '../support/hosts/sites.js';

const { checkServer } = setUpSites(['nest', 'next', 'sveltekit', 'bun', 'deno', 'workers']);

test.each([
  ['NestJS', { name: 'nest', args: ['dist/main.js'] }],
  ['Next', { name: 'next', args: ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1'] }],
  ['SvelteKit', { name: 'sveltekit', args: ['build'] }],
])('A site on %s keeps two visitors apart, with the files that init writes', (_, server) =>
  checkServer({ ...server, isInitialized: true, isBuilt: true }),
);

test.each([
  ['Bun', { name: 'bun', program: 'node_modules/@oven/bun-linux-x64/bin/bun', args: ['server.js'] }],
  ['Deno', { name: 'deno', program: 'node_modules/@deno/linux-x64-glibc/deno', args: ['run', '--allow-all', 'server.js'] }],
  ['the runtime of Workers', { name: 'workers', isBuilt: true, args: ['start.js'] }],
])('A site on %s keeps two visitors apart', (_, server) => checkServer(server));
