/** The documentation below `/docs/`, with a site of two pages. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDocs } from '../../../demo/host/docs.js';

let dir: string;
let isReady = true;
let app: Hono;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'docs-'));
  await mkdir(join(dir, 'en/guide'), { recursive: true });
  await writeFile(join(dir, 'en/index.html'), 'home');
  await writeFile(join(dir, 'en/guide/csp.html'), 'policy');
  await writeFile(join(dir, 'llms.txt'), 'pages');
  await writeFile(join(dir, '404.html'), 'no such page');
  app = new Hono();
  addDocs(app, { dir, isReady: () => isReady });
});
afterAll(() => rm(dir, { recursive: true }));

async function get(path: string, headers: Record<string, string> = {}): Promise<readonly [status: number, body: string]> {
  const response = await app.request(path, { headers });
  return [response.status, response.headers.get('location') ?? (await response.text())];
}

describe('Documentation on the preview host', () => {
  it.each([
    ['/docs', [302, '/docs/']],
    ['/docs/en/', [200, 'home']],
    ['/docs/en/guide/csp', [200, 'policy']],
    ['/docs/llms.txt', [200, 'pages']],
    ['/docs/en/guide/nothing', [404, 'no such page']],
    ['/docs/../package.json', [404, '404 Not Found']],
  ])('The documentation answers %s', async (path, answer) => {
    expect(await get(path)).toEqual(answer);
  });

  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['en-GB,zh', 'en'],
    ['fr', 'en'],
    ['', 'en'],
  ])('A browser with the languages %j is redirected to the pages in %s', async (language, folder) => {
    expect(await get('/docs/', { 'accept-language': language })).toEqual([302, `/docs/${folder}/`]);
  });

  it('The documentation answers 503 with a page that reloads itself while it is being built', async () => {
    isReady = false;
    const [status, body] = await get('/docs/en/guide/csp');
    isReady = true;
    expect([status, body]).toEqual([503, expect.stringContaining('http-equiv="refresh"')]);
  });
});
