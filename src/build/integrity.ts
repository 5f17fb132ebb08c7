/**
 * Digests of every file that a browser may load, for `integrity` attributes and for the servers of these files (Subresource Integrity,
 * W3C).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const forPages = /^(?!serve|stand-in|cli|without-dom|react|preact|oauth-config|types\/|licenses\/).*\.(?:js|css)$/;

/** Names of the files in `folder` that browsers run. */
export function filesForPages(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => forPages.test(name))
    .toSorted();
}

/** Path in `folder` → `sha384-…`. */
export function computeIntegrity(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(filesForPages(folder).map((name) => [name, toIntegrity(readFileSync(join(folder, name)))]));
}

/** @param algorithm SHA-384 is the usual choice; SHA-256 is a third shorter, and nobody can find another file with the same digest either */
export function toIntegrity(file: Uint8Array, algorithm: 'sha256' | 'sha384' = 'sha384'): string {
  return `${algorithm}-${createHash(algorithm).update(file).digest('base64')}`;
}

/** Writes `integrity.json` into `folder`. */
export function writeIntegrity(folder: string): void {
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify(computeIntegrity(folder), null, 2)}\n`);
}
