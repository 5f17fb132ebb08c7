/** Where a Chromium lives and how the tests start it. Plain JavaScript, because it also runs before anything is installed. */
import { accessSync, constants } from 'node:fs';

const candidates = [
  process.env['CHROMIUM_PATH'],
  // The same engine without what a browser has around its pages: each test's own profile costs a third of the processor time less.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Path of an installed Chromium or Chrome, or `undefined`. `CHROMIUM_PATH` wins.
 * @returns {string | undefined}
 */
export function findChromium() {
  return candidates.find(isExecutable);
}

export const hasHeadlessShell = candidates.some((path) => path?.endsWith('headless-shell') && isExecutable(path));

/** @param {string | undefined} path */
function isExecutable(path) {
  try {
    accessSync(path ?? '', constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** No sandbox because CI runs as root; the rest keeps Chromium from calling home on a closed network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Launch options for Playwright. */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  return { args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) };
}
