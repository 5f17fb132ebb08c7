/** Finds Chromium, and says how the tests start it. Plain JavaScript, because it also runs before anything is installed. */
import { accessSync, constants } from 'node:fs';

/** The same engine without the browser's UI: each test's own profile takes a third less processor time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

const browsers = [
  process.env['CHROMIUM_PATH'],
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
  return browsers.find(isExecutable);
}

export const hasHeadlessShell = isExecutable(HEADLESS_SHELL);

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
  return launchOptions(process.env['CHROMIUM_PATH'] === undefined && hasHeadlessShell ? HEADLESS_SHELL : findChromium());
}

/** For tests that need a complete browser, for example for its back-forward cache. */
export function wholeChromiumLaunchOptions() {
  return launchOptions(findChromium());
}

/** @param {string | undefined} executablePath */
function launchOptions(executablePath) {
  return { args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) };
}
