/** The mount serves only the built files from the disk. `npm run test:stress paths` sends 10^5 requests. */
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCozeChat, type OperatorEvent } from '../../../src/server/index.js';
import { paths } from '../../bench/prove/paths.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { createServedPackage, FILES, SECRET, type ServedPackage } from '../../support/served-package.js';
import { quickApp } from '../../unit/server/arrange.js';

let served: ServedPackage;
const events: OperatorEvent[] = [];

beforeEach(() => {
  served = createServedPackage();
  events.length = 0;
});
afterEach(() => served.remove());

async function ask(target: string): Promise<readonly [number, string]> {
  const chat = createCozeChat({ oauth: quickApp, identify: () => null, files: served.url, onEvent: (event) => events.push(event) });
  const response = await chat(new Request(`https://site.example${target}`));
  return [response.status, await response.text()];
}

describe('Mount', () => {
  it('The mount serves only the files that were built, whatever path is requested', async () => {
    const counterexamples: string[] = [];
    await paths.check(2000, seededRandom('paths'), (counterexample) => void counterexamples.push(counterexample));
    expect(counterexamples).toEqual([]);
  });

  it.each([
    '/coze/../secret.txt',
    '/coze/%2e%2e/secret.txt',
    '/coze/..%2fsecret.txt',
    '/coze/..%5csecret.txt',
    '/coze/frame/..\\..\\..\\secret.txt',
    '/coze/%252e%252e/secret.txt',
    '/coze//etc/passwd',
    '/coze/C:/Windows/win.ini',
    '/coze/embed.js%00',
    '/coze/embed.js%00.txt',
    '/coze/server.js',
    '/coze/served-files.json',
    '/coze/compressed/embed.js.br',
    '/coze/frame/.env',
    '/coze/frame/link-44444444.js',
    '/coze/frame/up/secret.txt',
    '/coze/frame/late-33333333.js',
    '/coze/__proto__',
    '/coze/constructor',
    '/coze/',
    '/coze/frame/',
  ])('The mount responds to %s with 404', async (target) => {
    const [status, text] = await ask(target);
    expect([status, text]).toEqual([404, '{"error":"not_found"}']);
  });

  it('The mount serves no file that has been replaced, and warns once for each replacement', async () => {
    const path = join(served.folder, 'frame/frame-00000000.js');
    const other = FILES['frame/frame-00000000.js']?.replace('chat', 'evil') ?? '';
    writeFileSync(path, other);
    expect(await ask('/coze/frame/frame-00000000.js')).toEqual([404, '{"error":"not_found"}']);
    rmSync(path);
    symlinkSync(join(served.folder, '../secret.txt'), path);
    const [status, text] = await ask('/coze/frame/frame-00000000.js');
    expect([status, text.includes(SECRET)]).toEqual([404, false]);
    expect(events).toEqual(Array.from({ length: 2 }, () => expect.objectContaining({ type: 'warning', code: 'file_changed' })));
  });

  it('The mount serves a deleted file again once it is restored', async () => {
    const path = join(served.folder, 'embed.js');
    rmSync(path);
    const chat = createCozeChat({ oauth: quickApp, identify: () => null, files: served.url, onEvent: () => undefined });
    const request = (): Promise<Response> => chat(new Request('https://site.example/coze/embed.js'));
    expect((await request()).status).toBe(404);
    writeFileSync(path, FILES['embed.js'] ?? '');
    expect((await request()).status).toBe(200);
  });
});
