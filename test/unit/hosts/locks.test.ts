/**
 * The lock files in `test/hosts/` are written by `npm run hosts:lock`; npm installs the dependencies that the lock file lists, not those in
 * the package.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const readJson = (path: string): unknown => JSON.parse(readFileSync(`${ROOT}${path}`, 'utf8'));
const apps = readdirSync(`${ROOT}test/hosts`).filter((name) => existsSync(`${ROOT}test/hosts/${name}/package-lock.json`));

test.each(apps)('The lock file of the site in test/hosts/%s names the dependencies that the package has', (app) => {
  const { packages } = readJson(`test/hosts/${app}/package-lock.json`) as { readonly packages: Readonly<Record<string, Manifest>> };
  expect(packages['node_modules/coze-chat-embed']?.dependencies).toEqual((readJson('package.json') as Manifest).dependencies);
});
