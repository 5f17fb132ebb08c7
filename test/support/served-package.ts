/** A folder like the build's output, with files beside and inside it that must not be served. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeServedFiles } from '../../src/build/served-files.js';

/** The content of each file that must not leave the server. */
export const SECRET = 'nobody outside may read this';

/** By the names under which they are served. */
export const FILES: Readonly<Record<string, string>> = {
  'embed.js': `/* the line */${'const answer = 42;\n'.repeat(200)}`,
  'define.js': `/* the element */${'customElements.get("x");\n'.repeat(100)}`,
  'define-element-AbCd12_-.js': 'export {};',
  'frame/frame-00000000.js': `"the chat";${'call();\n'.repeat(500)}`,
  'frame/frame-11111111.css': `${'.chat { color: red }\n'.repeat(50)}`,
  'frame/assets/icon-22222222.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

export interface ServedPackage {
  /** For the option `files`. */
  readonly url: URL;
  readonly folder: string;
  remove(): void;
}

export function createServedPackage(): ServedPackage {
  const root = mkdtempSync(join(tmpdir(), 'coze-served-'));
  const folder = join(root, 'dist');
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  writeServedFiles(folder);
  for (const name of ['../secret.txt', 'server.js', 'cli.js', 'coze_oauth_config.json', 'frame/.env', 'frame/late-33333333.js'])
    write(name, SECRET);
  symlinkSync(join(root, 'secret.txt'), join(folder, 'frame/link-44444444.js'));
  symlinkSync(root, join(folder, 'frame/up'));
  return { url: pathToFileURL(`${folder}/`), folder, remove: () => rmSync(root, { recursive: true }) };
}
