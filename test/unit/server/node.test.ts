import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { fromCozeOAuthConfig, ServerConfigurationError } from '../../../src/server/index.js';
import { readCozeOAuthConfig, readPrivateKey } from '../../../src/server/node.js';
import { arrange, keyPair, oauth, tokenRequest } from './arrange.js';

const DIRECTORY = mkdtempSync(join(tmpdir(), 'coze-config-'));
function file(name: string, text: string): string {
  const path = join(DIRECTORY, name);
  writeFileSync(path, text);
  return path;
}

afterAll(() => rmSync(DIRECTORY, { recursive: true }));

describe('Files that the server reads', () => {
  it('The file from Coze’s console is sufficient for an endpoint', async () => {
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

  it('readPrivateKey() reads a file that contains only the key', async () => {
    const privateKey = readPrivateKey(file('private.pem', `${keyPair.privateKey}\r\n`));
    expect((await arrange({ oauth: { ...oauth, privateKey } }).endpoint(tokenRequest())).status).toBe(200);
  });

  it.each([
    [() => join(DIRECTORY, 'missing.json'), /^readCozeOAuthConfig: there is no such file: \/.*\/missing\.json\. /],
    [
      () => join(DIRECTORY, 'missing.json'),
      /"npx coze-chat-embed stand-in" writes one for development.*https:\/\/www\.coze\.cn\/open\/oauth\/apps/,
    ],
    [() => './missing.json', new RegExp(`: ${join(process.cwd(), 'missing.json')}\\. Relative paths start where the server was started`)],
    [() => pathToFileURL(join(DIRECTORY, 'missing.json')), /there is no such file: \/.*\/missing\.json\. /],
    [() => undefined, /no path was given: most often the environment variable for it is not set/],
    [() => '', /no path was given/],
    [() => new URL('https://shop.example/key.json'), /begins with file:/],
    [() => DIRECTORY, /this is a folder/],
    [() => file('broken.json', '{'), /not JSON/],
    [() => file('notes.json', 'my notes'), /the text is not JSON: most often a comma/],
    [() => file('empty.json', '\n'), /the text is empty$/],
  ])('readCozeOAuthConfig() throws an error that explains why a file cannot be read', (path, message) => {
    const read = () => readCozeOAuthConfig(path() as string);
    expect(read).toThrow(ServerConfigurationError);
    expect(read).toThrow(message);
  });

  it('The error about a key with real line breaks in JSON names the line, without a part of the key', () => {
    const text = JSON.stringify({ client_type: 'jwt', client_id: 'app-1', private_key: 'KEY' }, null, 2);
    for (const breaks of ['\n', '\r\n']) {
      const pasted = text.replace('KEY', keyPair.privateKey).replaceAll('\n', breaks);
      for (const read of [() => readCozeOAuthConfig(file('pasted.json', pasted)), () => fromCozeOAuthConfig(pasted)]) {
        expect(read).toThrow(/not JSON at line 4: .*were the key's line breaks pasted as they are\? Write them as \\n$/);
        expect(read).not.toThrow(keyPair.privateKey.slice(60, 80));
        expect(read).not.toThrow(/its path/);
      }
    }
  });

  it.each([
    [
      'whose string does not end',
      '{\n  "client_id": "app-1,\n  "client_type": "jwt"\n}',
      /not JSON at line 2: a string does not end on its line/,
    ],
    ['with an escaped quotation mark and no comma', '{\n  "a": "\\"",\n  "b": 1\n  "c": 2\n}', /not JSON at line 4: most often a comma/],
  ])('The error about a file %s names the line', (_case, text, message) => {
    expect(() => readCozeOAuthConfig(file('wrong.json', text))).toThrow(message);
  });

  it('The error about content in place of a path, or a path in place of content, names the right function', () => {
    expect(() => readCozeOAuthConfig(JSON.stringify({ private_key: keyPair.privateKey }))).toThrow(/not shown\. .*fromCozeOAuthConfig/);
    expect(() => readPrivateKey(keyPair.privateKey)).toThrow(/not shown\. .*oauth\.privateKey/);
    expect(() => readCozeOAuthConfig('{}')).not.toThrow(/Relative paths|stand-in/);
    expect(() => fromCozeOAuthConfig('coze_oauth_config.json')).toThrow(/not its path: for that there is readCozeOAuthConfig/);
    expect(() => fromCozeOAuthConfig(undefined as never)).toThrow(/nothing was given: .*environment variable/);
  });

  it.each([
    ['of Coze’s console', () => readCozeOAuthConfig(JSON.stringify({ private_key: keyPair.privateKey }))],
    ['of a key', () => readPrivateKey(keyPair.privateKey)],
    ['of a key in one line', () => readPrivateKey(keyPair.privateKey.replaceAll('\n', ''))],
  ])('The error about the content of a file %s in place of its path does not show the content', (_, read) => {
    expect(read).toThrow(/what was given may be the content of one, and is not shown/);
    expect(read).not.toThrow(keyPair.privateKey.slice(60, 80));
  });
});
