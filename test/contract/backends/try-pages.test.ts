/** The lines with which the pages on Go and Java let a reader see a chat, in the files to which the pages add them. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { codeIn } from '../../unit/docs/markdown.js';
import { GO, type Implementation, JAVA, startImplementation } from '../implementations.js';

const PAGES: readonly (readonly [page: string, language: string, implementation: Implementation])[] = [
  ['guide/backends/go', 'go', GO],
  ['guide/backends/java', 'java', JAVA],
];

let coze: CozeStandIn;
let folder: string;

beforeAll(async () => {
  coze = await startSharedApp();
  folder = await mkdtemp(join(tmpdir(), 'try-pages-'));
  await mkdir(join(folder, 'public/coze-chat-embed'), { recursive: true });
  await writeFile(join(folder, 'public/index.html'), 'a page');
  await writeFile(join(folder, 'public/coze-chat-embed/embed.js'), 'a script');
  await writeFile(join(folder, 'secret.txt'), 'a key');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  await coze.stop();
});

describe.each(PAGES)('The example of %s', (page, language, implementation) => {
  it.skipIf(!implementation.isInstalled())('The added lines serve the folder with the page, and nothing else', async () => {
    const [program, ...args] = implementation.command;
    const path = args.at(-1) ?? '';
    const mount = /^.*"\/api\/coze\/token".*\n/m;
    const code = await readFile(path, 'utf8');
    expect(code).toMatch(mount);
    const copy = join(folder, basename(path));
    await writeFile(
      copy,
      code.replace(mount, (line) => `${line}${codeIn(page, 'Try it', language)}`),
    );
    const { origin, stop } = await startImplementation(
      { ...implementation, folder, command: [program, ...args.slice(0, -1), copy] },
      { COZE_OAUTH_CONFIG: JSON.stringify(coze.oauthConfig) },
    );
    try {
      const [index, script, outside] = await Promise.all(
        ['/', '/coze-chat-embed/embed.js', '/%2e%2e/secret.txt'].map(async (url) => {
          const { status, headers } = await fetch(origin + url);
          return `${status} ${headers.get('content-type')?.split(';')[0] ?? ''}`;
        }),
      );
      expect([index, script]).toEqual(['200 text/html', '200 text/javascript']);
      expect(outside).toMatch(/^404/);
    } finally {
      await stop();
    }
  });
});
