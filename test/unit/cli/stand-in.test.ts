/** The stand-in as a program with persistent credentials. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { describeStandIn, openStandIn } from '../../../demo/coze-stand-in/run.js';
import { createTokenEndpoint } from '../../../src/server/index.js';
import { readCozeOAuthConfig } from '../../../src/server/node.js';
import { type } from './arrange.js';

let folder: string;
let configPath: string;
let running: CozeStandIn | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coze-stand-in-'));
  configPath = join(folder, 'coze_oauth_config.json');
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(folder, { recursive: true });
});

async function restart(port?: number): Promise<CozeStandIn> {
  await running?.stop();
  running = await openStandIn({ port, configPath, paceMs: 0 });
  return running;
}

describe('Command stand-in', () => {
  it('A restarted stand-in accepts the credentials that a site has read before', async () => {
    const { origin } = await restart(0);
    const endpoint = createTokenEndpoint({ oauth: readCozeOAuthConfig(configPath), identify: () => ({ id: 'alice' }) });
    const ask = async (): Promise<number> => {
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      return (await endpoint(new Request('https://site.example/token', { method: 'POST', headers, body: '{}' }))).status;
    };
    expect(await ask()).toBe(200);
    const text = readFileSync(configPath, 'utf8');
    expect((await restart()).origin).toBe(origin);
    expect([readFileSync(configPath, 'utf8'), await ask()]).toEqual([text, 200]);
  });

  it('The credentials are readable only for their owner, and the printed description contains no key', async () => {
    const standIn = await restart(0);
    expect(statSync(configPath).mode & 0o077).toBe(0);
    const said = describeStandIn(standIn, configPath);
    expect(said).toContain(`data-api-base-url="${standIn.origin}" data-bot-id="${standIn.botId}"`);
    expect(said).not.toContain('PRIVATE KEY');
  });

  it.each([String.raw`creds\unused\coze.json`, "it's/配 置.json"])('The printed call reads the file: %s', async (path) => {
    const [, call = ''] = /oauth: (.*)$/m.exec(describeStandIn(await restart(0), path)) ?? [];
    expect(runInNewContext(call, { readCozeOAuthConfig: (given: string) => given })).toBe(path);
  });

  it.each([
    ['of the real service', '{"coze_api_base": "https://api.coze.cn", "client_id": "1", "private_key": "k"}'],
    ['that is something else', 'notes'],
  ])('The stand-in does not overwrite a file %s', async (_, text) => {
    writeFileSync(configPath, text);
    await expect(restart(0)).rejects.toThrow(/exists and is not the stand-in's/);
    expect(readFileSync(configPath, 'utf8')).toBe(text);
  });

  it('The stand-in rejects with an error that names the port when the port is taken', async () => {
    const { origin } = await restart(0);
    const other = openStandIn({ port: Number(new URL(origin).port), configPath: join(folder, 'other.json'), paceMs: 0 });
    await expect(other).rejects.toThrow(/^Port \d+ is taken\. Choose another one with --port\.$/);
  });

  it('The command line passes its options to the stand-in, and refuses invalid ones', async () => {
    const started: unknown[] = [];
    const standIn = (options: unknown): Promise<0> => {
      started.push(options);
      return Promise.resolve(0);
    };
    await type(['stand-in'], { standIn });
    await type(['stand-in', '--port', '4400', '--config', 'dev.json', '--pace', '0'], { standIn });
    expect(started).toEqual([
      expect.objectContaining({ port: undefined, configPath: 'coze_oauth_config.json', paceMs: 40 }),
      expect.objectContaining({ port: 4400, configPath: 'dev.json', paceMs: 0 }),
    ]);
    for (const wrong of [['--port', 'x'], ['--port', '70000'], ['--pace', '-1'], ['folder']]) {
      expect((await type(['stand-in', ...wrong], { standIn })).exitCode).toBe(2);
    }
  });
});
