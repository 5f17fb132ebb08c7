/**
 * The files that the server part serves (`src/server/files/`): every file that browsers load, compressed as far as possible, and a list of
 * them with their digests.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { filesForPages } from './integrity.js';

/** In a folder of their own, because hosts copy the uncompressed files. */
const COMPRESSED_FOLDER = 'compressed';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

/** A name with eight characters of a hash, as the bundler creates it. */
const HASHED_NAME = /-[\w-]{8}\.\w+$/;

/** Files whose names do not change between versions. */
const LASTING_NAMES: ReadonlySet<string> = new Set(['define-module.js', 'define.js', 'embed.js', 'index.js', 'webchatclient.js']);

/**
 * How Brotli writes distances (RFC 7932, section 4): bits of the postfix, and direct codes. Which are best depends on the file, and the
 * compressor does not try them itself.
 */
const DISTANCES = [
  [0, 0],
  [0, 12],
  [2, 48],
  [3, 16],
  [3, 32],
] as const;

/** Writes `compressed/` and `served-files.json` into `folder`. */
export function writeServedFiles(folder: string): void {
  const entries = listServedFiles(folder).map((name) => [name, describeFile(folder, name)] as const);
  writeFileSync(join(folder, 'served-files.json'), `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`);
}

function listServedFiles(folder: string): readonly string[] {
  const ofFrame = readdirSync(join(folder, 'frame'), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/'));
  return [...new Set([...filesForPages(folder), ...ofFrame])].toSorted();
}

function describeFile(folder: string, name: string): object {
  const type = TYPES[extname(name)];
  if (type === undefined) throw new Error(`${name} would be served without a type. Give its kind one in src/build/served-files.ts.`);
  const immutable = !LASTING_NAMES.has(name);
  if (immutable && !HASHED_NAME.test(name)) throw new Error(`${name} would be kept by browsers for ever, and has no hash in its name.`);
  const content = readFileSync(join(folder, name));
  const variants = Object.entries(compress(content, type)).filter(([, bytes]) => bytes.length < content.length);
  return {
    type,
    immutable,
    identity: describeVariant(name, content),
    ...Object.fromEntries(variants.map(([encoding, bytes]) => [encoding, writeVariant(folder, name, encoding, bytes)])),
  };
}

function compress(content: Buffer, type: string): Readonly<Record<'br' | 'gzip', Buffer>> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_MODE]: type.startsWith('text/') ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
  };
  const candidates = DISTANCES.map(([postfixBits, directCodes]) =>
    brotliCompressSync(content, {
      params: { ...params, [constants.BROTLI_PARAM_NPOSTFIX]: postfixBits, [constants.BROTLI_PARAM_NDIRECT]: directCodes },
    }),
  );
  const br = candidates.reduce((shortest, each) => (each.length < shortest.length ? each : shortest));
  return { br, gzip: gzipSync(content, { level: 9 }) };
}

function writeVariant(folder: string, name: string, encoding: string, bytes: Buffer): object {
  const path = `${COMPRESSED_FOLDER}/${name}.${encoding === 'gzip' ? 'gz' : encoding}`;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
  return describeVariant(path, bytes);
}

function describeVariant(path: string, content: Buffer): object {
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('base64url') };
}
