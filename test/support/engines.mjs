/**
 * Finds the two other engines on Debian: Firefox, and WebKitGTK with the display it needs. Plain JavaScript, because it also runs before
 * anything is installed.
 */
import { existsSync } from 'node:fs';

const library = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;

export const firefoxPath = '/usr/bin/firefox-esr';
export const webKit = {
  driver: '/usr/bin/WebKitWebDriver',
  browser: `${library}/webkit2gtk-4.1/MiniBrowser`,
  display: '/usr/bin/Xvfb',
};

export const hasFirefox = existsSync(firefoxPath);
export const hasWebKit = Object.values(webKit).every((path) => existsSync(path));
