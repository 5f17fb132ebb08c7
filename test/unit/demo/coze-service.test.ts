import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCozeService } from '../../../demo/coze-service.js';

const nothing = { configPath: undefined, botId: undefined, standInPort: 0 };

it('The Coze service is the local stand-in when no credentials are given', async () => {
  const service = await openCozeService(nothing);

  expect(service.description).toMatch(/^http:\/\/127\.0\.0\.1:\d+ \(local stand-in\)$/);
  expect(service.capTokenLifeSeconds).toBeDefined();
  await service.stop();
});

it('The stand-in uses another port when its own is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;

  const service = await openCozeService({ ...nothing, standInPort: port });

  expect(service.description).not.toContain(`:${port} `);
  await service.stop();
  other.close();
});

it('A config and a bot id select the real service, described by its API host and bot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coze-'));
  const configPath = join(folder, 'coze_oauth_config.json');
  const standIn = await openCozeService(nothing);
  const config = JSON.stringify({ ...(standIn.oauthConfig as object), coze_api_base: 'https://api.coze.example' });
  await standIn.stop();
  await writeFile(configPath, config);

  const service = await openCozeService({ ...nothing, configPath, botId: '73428668' });

  expect(service).toMatchObject({ oauthConfig: config, botId: '73428668', description: 'api.coze.example, bot 73428668' });
  expect(service.capTokenLifeSeconds).toBeUndefined();
  await rm(folder, { recursive: true });
});

it.each([
  { configPath: 'coze_oauth_config.json', botId: undefined },
  { configPath: undefined, botId: '73428668' },
])('An error names the missing setting when only one is given: %j', async (given) => {
  await expect(openCozeService({ ...nothing, ...given })).rejects.toThrow(/needs both COZE_OAUTH_CONFIG .* and COZE_BOT_ID/);
});

it('An error contains the path of a config that cannot be read', async () => {
  await expect(openCozeService({ ...nothing, configPath: '/nowhere/config.json', botId: '1' })).rejects.toThrow('/nowhere/config.json');
});
