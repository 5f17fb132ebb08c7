/**
 * Prepares a fresh clone, with nothing but Node: dependencies, and with `--tests` what the tests need besides: the frameworks whose
 * templates they check, three browsers and old versions of Chromium, and a Redis server. Does nothing if everything is there already.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { canRunOldChromium } from './old-chromium.mjs';

const root = new URL('../../', import.meta.url);

const isForTests = process.argv.includes('--tests');
const testFolders = ['./test/types/', ...(canRunOldChromium ? ['./test/browsers/'] : [])];
// In parallel, because installations mostly wait for the network and the disk.
const installations = Promise.all(['./', ...(isForTests ? testFolders : [])].filter((folder) => !isInstalled(folder)).map(install));
if (isForTests) await ensureTestPrograms();
if (process.argv.includes('--backends')) ensureBackendPrograms();
await installations;

async function install(folder) {
  say(`Installing the dependencies of ${folder}…`);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error', '--prefix', folder];
  const [exitCode] = await once(spawn('npm', ['ci', ...options], { cwd: root, stdio: 'inherit' }), 'exit');
  if (exitCode !== 0) process.exit(1);
}

/** npm writes its own lockfile into node_modules at the end; if that one is older, ours has changed since. */
function isInstalled(folder) {
  const installed = new URL(`${folder}node_modules/.package-lock.json`, root);
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(new URL(`${folder}package-lock.json`, root)).mtimeMs;
}

async function ensureTestPrograms() {
  const { findChromium, hasHeadlessShell } = await import('./chromium.mjs');
  const { hasFirefox, hasWebKit } = await import('./engines.mjs');
  const missing = [
    ...(findChromium() === undefined ? ['chromium', 'fonts-noto-cjk', 'fonts-dejavu-core'] : []),
    ...(hasFirefox ? [] : ['firefox-esr']),
    ...(hasWebKit ? [] : ['webkit2gtk-driver', 'xvfb']),
    ...(existsSync('/usr/bin/redis-server') ? [] : ['redis-server']),
    ...(existsSync('/usr/bin/php') ? [] : ['php-cli']),
    ...(existsSync('/usr/lib/python3/dist-packages/flask') ? [] : ['python3-flask']),
    ...(existsSync('/usr/lib/python3/dist-packages/jwt') ? [] : ['python3-jwt', 'python3-cryptography']),
  ];
  if (isRootOnDebian() && (missing.length > 0 || !hasHeadlessShell)) {
    run('apt-get', ['update', '-qq']);
    if (missing.length > 0) installPackages(missing);
    if (!hasHeadlessShell) installFasterChromium();
  }
  // Without Redis, Firefox, WebKit, Python or PHP their tests are skipped with a message.
  if (findChromium() === undefined) {
    say('The browser tests need Chromium or Chrome. Install one, or name its executable in CHROMIUM_PATH, and run this again.');
    process.exit(1);
  }
}

/** For `npm run test:backends`, which `npm test` does not include. */
function ensureBackendPrograms() {
  const missing = [
    ...(existsSync('/usr/bin/go') ? [] : ['golang-go']),
    ...(existsSync('/usr/bin/javac') ? [] : ['default-jdk-headless']),
    ...(existsSync('/usr/lib/python3/dist-packages/fastapi') ? [] : ['python3-fastapi']),
    ...(existsSync('/usr/lib/python3/dist-packages/uvicorn') ? [] : ['python3-uvicorn']),
    ...(existsSync('/usr/lib/python3/dist-packages/jwt') ? [] : ['python3-jwt', 'python3-cryptography']),
  ];
  if (missing.length === 0 || !isRootOnDebian()) return;
  run('apt-get', ['update', '-qq']);
  installPackages(missing);
}

function installPackages(names) {
  say(`Installing from Debian’s packages: ${names.join(', ')}…`);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { DEBIAN_FRONTEND: 'noninteractive' });
}

/** Not all distributions based on Debian have the package. */
function installFasterChromium() {
  try {
    installPackages(['chromium-headless-shell']);
  } catch {
    say('The tests run in Chromium without it, and take longer.');
  }
}

function isRootOnDebian() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

function run(command, args, env = {}) {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
