import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ServerConfigurationError } from '../../../src/server/index.js';
import { readCozeOAuthConfig, readPrivateKey } from '../../../src/server/node.js';
import { arrange, keyPair, oauth, tokenRequest } from './arrange.js';

const DIRECTORY = mkdtempSync(join(tmpdir(), 'coze-config-'));
function file(name: string, text: string): string {
  const path = join(DIRECTORY, name);
  writeFileSync(path, text);
  return path;
}

afterAll(() => rmSync(DIRECTORY, { recursive: true }));

describe('a file', () => {
  it('of Coze’s console is all that an endpoint needs', async () => {
    const config = {
      client_type: 'jwt',
      client_id: 'app-1',
      coze_www_base: 'https://www.coze.cn',
      coze_api_base: 'https://api.coze.cn',
      private_key: keyPair.privateKey,
      public_key_id: 'kid-one',
    };
    const path = file('coze_oauth_config.json', `\uFEFF${JSON.stringify(config)}`);
    expect((await arrange({ oauth: readCozeOAuthConfig(path) }).endpoint(tokenRequest())).status).toBe(200);
    expect(readCozeOAuthConfig(pathToFileURL(path), { apiBaseUrl: 'http://127.0.0.1:4100' })).toMatchObject({
      apiBaseUrl: 'http://127.0.0.1:4100',
      audience: 'api.coze.cn',
    });
  });

  it('may hold just the key', async () => {
    const privateKey = readPrivateKey(file('private.pem', `${keyPair.privateKey}\r\n`));
    expect((await arrange({ oauth: { ...oauth, privateKey } }).endpoint(tokenRequest())).status).toBe(200);
  });

  it.each([
    [() => join(DIRECTORY, 'missing.json'), /^readCozeOAuthConfig: there is no such file: \/.*\/missing\.json\. /],
    [() => './missing.json', new RegExp(`: ${join(process.cwd(), 'missing.json')}\\. Relative paths start where the server was started`)],
    [() => pathToFileURL(join(DIRECTORY, 'missing.json')), /there is no such file: \/.*\/missing\.json\. /],
    [() => undefined, /no path was given: most often the environment variable for it is not set/],
    [() => '', /no path was given/],
    [() => new URL('https://shop.example/key.json'), /begins with file:/],
    [() => DIRECTORY, /this is a folder/],
    [() => file('broken.json', '{'), /not JSON/],
  ])('that is not there or not right is named', (path, message) => {
    const read = () => readCozeOAuthConfig(path() as string);
    expect(read).toThrow(ServerConfigurationError);
    expect(read).toThrow(message);
  });

  it.each([
    ['of Coze’s console', () => readCozeOAuthConfig(JSON.stringify({ private_key: keyPair.privateKey }))],
    ['of a key', () => readPrivateKey(keyPair.privateKey)],
    ['of a key in one line', () => readPrivateKey(keyPair.privateKey.replaceAll('\n', ''))],
  ])('is not shown where its content %s was given for its path', (_, read) => {
    expect(read).toThrow(/what was given may be the content of one, and is not shown/);
    expect(read).not.toThrow(keyPair.privateKey.slice(60, 80));
  });
});
