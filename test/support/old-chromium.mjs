/** Old versions of Chromium, from npm (test/browsers/). Plain JavaScript, because it also runs before anything else is installed. */
import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

/** The binaries exist for one platform only. */
export const canRunOldChromium = process.platform === 'linux' && process.arch === 'x64';

const binFolder = (version) => fileURLToPath(new URL(`../browsers/node_modules/chromium-${version}/bin/`, import.meta.url));

/**
 * Whether this version is available here.
 * @param {number} version
 */
export function hasOldChromium(version) {
  return canRunOldChromium && existsSync(`${binFolder(version)}chromium.br`);
}

/**
 * Path of the version's executable, which is unpacked once.
 * @param {number} version
 * @returns {Promise<string>}
 */
export async function oldChromiumPath(version) {
  const path = `${binFolder(version)}chromium`;
  if (existsSync(path)) return path;
  // Unpacked under a temporary name, because several test files may unpack at once.
  const unfinished = `${path}.${process.pid}`;
  await pipeline(createReadStream(`${path}.br`), createBrotliDecompress(), createWriteStream(unfinished, { mode: 0o755 }));
  renameSync(unfinished, path);
  return path;
}
