/** What every file a browser may load has to be, for `integrity` attributes and for the servers of these files (Subresource Integrity, W3C). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const forPages = /^(?!server|cli|without-dom|oauth-config|types\/|licenses\/).*\.(?:js|css)$/;

/** Path in `folder` → `sha384-…`. */
export function computeIntegrity(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => forPages.test(name));
  const digest = (name: string): string =>
    createHash('sha384')
      .update(readFileSync(join(folder, name)))
      .digest('base64');
  return Object.fromEntries(names.toSorted().map((name) => [name, `sha384-${digest(name)}`]));
}

/** Writes `integrity.json` into `folder`. */
export function writeIntegrity(folder: string): void {
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify(computeIntegrity(folder), null, 2)}\n`);
}
