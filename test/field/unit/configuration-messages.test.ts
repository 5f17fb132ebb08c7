/** Typical wrong configurations: the server says what it was given, and what to change. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/cli/doctor/setup/config.js';
import { fromCozeOAuthConfig } from '../../../src/server/index.js';
import { readCozeOAuthConfig, readPrivateKey } from '../../../src/server/node.js';
import { arrange, oauth } from '../../unit/server/arrange.js';

const key = oauth.privateKey;
const config = {
  client_type: 'jwt',
  client_id: 'app-1',
  coze_www_base: 'https://www.coze.cn',
  coze_api_base: 'https://api.coze.cn',
  private_key: key,
  public_key_id: 'kid-one',
};

const starting = (changes: object) => () => arrange({ oauth: { ...oauth, ...changes } });

describe('B22: URL of the API', () => {
  it.each([
    ['https://www.coze.cn/', /oauth\.apiBaseUrl: is Coze's website; its API is "https:\/\/api\.coze\.cn"/],
    ['https://www.coze.com', /website; its API is "https:\/\/api\.coze\.com"/],
    ['https://coze.com/open/oauth/apps', /website; its API is "https:\/\/api\.coze\.com"/],
    ['https://api.coze.cn/v3', /must end before the path of the API, as in "https:\/\/api\.coze\.cn"/],
    ['https://api.coze.cn/v1/', /must end before the path/],
    ['https://api.coze.com/open_api/v2/chat', /must end before the path/],
    ['https://api.coze.cn/api/permission/oauth2/token', /must end before the path/],
    ['https://proxy.example/coze/v3/chat', /as in "https:\/\/proxy\.example"/],
    ['http://api.coze.cn', /must use https/],
    ['api.coze.cn', /is not a URL; it looks like/],
  ])('The URL %s is rejected with a message that explains the mistake', (apiBaseUrl, message) => {
    expect(starting({ apiBaseUrl })).toThrow(message);
    expect(() => fromCozeOAuthConfig({ ...config, coze_api_base: apiBaseUrl })).toThrow(/coze_api_base: /);
  });

  it.each([
    'https://api.coze.cn',
    'https://api.coze.cn/',
    'https://proxy.example/coze/',
    'http://localhost:4310',
    'https://v1.example/av1',
  ])('The URL %s is accepted', (apiBaseUrl) => {
    expect(starting({ apiBaseUrl })).not.toThrow();
  });

  it('A URL as audience is rejected with a message that explains the mistake', () => {
    expect(starting({ audience: 'https://api.coze.cn' })).toThrow(/oauth\.audience: must be the bare host of the API/);
  });
});

describe('B22: private key', () => {
  const bare = key.replace(/-----.*-----/g, '').trim();

  it.each<[string, string, RegExp]>([
    ['in base64', Buffer.from(key).toString('base64'), /this is the text of the key in base64\. Decode it/],
    [
      'in base64 with line breaks',
      Buffer.from(key)
        .toString('base64')
        .replace(/(.{76})/g, '$1\n'),
      /in base64/,
    ],
    ['without its first and last line', bare, /without its first and last line/],
    ['without its first and last line, in one line', bare.replace(/\s/g, ''), /without its first and last line/],
    ['with line breaks that are escaped twice', key.replace(/\n/g, '\\\\n'), /escaped twice/],
    ['in UTF-16 that was read as UTF-8', Buffer.from(`\ufeff${key}`, 'utf16le').toString('utf8'), /not UTF-8/],
    ['in UTF-16 without a byte order mark', Buffer.from(key, 'utf16le').toString('utf8'), /not UTF-8/],
    ['as DER', Buffer.from(bare, 'base64').toString('utf8'), /not UTF-8/],
  ])('A private key %s is rejected with a message that explains the mistake and shows no part of the key', (_case, privateKey, message) => {
    expect(starting({ privateKey })).toThrow(message);
    expect(starting({ privateKey })).not.toThrow(bare.slice(0, 20));
  });

  it('A private key whose line breaks are escaped once is accepted', () => {
    expect(starting({ privateKey: key.replace(/\n/g, '\\n') })).not.toThrow();
  });
});

describe('B22: encoding of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coze-chat-embed-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, (text: string) => Buffer]>([
    ['with a byte order mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['without a byte order mark', (text) => Buffer.from(text, 'utf16le')],
    ['with the high byte first', (text) => bigEndian(`\ufeff${text}`)],
    ['with the high byte first, without a byte order mark', bigEndian],
  ])('A file in UTF-16 %s is rejected with a message that asks for UTF-8, by the readers and by the doctor', async (_case, encode) => {
    const path = join(folder, 'file');
    writeFileSync(path, encode(JSON.stringify(config)));
    expect(() => readCozeOAuthConfig(path)).toThrow(/UTF-16.*Save it as UTF-8/);
    expect(() => readPrivateKey(path)).toThrow(/UTF-16.*Save it as UTF-8/);
    const text = encode(JSON.stringify(config)).toString('utf8');
    expect(() => fromCozeOAuthConfig(text)).toThrow(/not UTF-8.*Save it as UTF-8/);
    const { result } = await readConfig(path, { readTextFile: () => Promise.resolve(text) } as never);
    expect(result).toMatchObject({ status: 'failed', remedy: 'Save it as UTF-8.' });
  });

  it('A file in UTF-8 is read, with and without a byte order mark', () => {
    for (const mark of ['', '\ufeff']) {
      const path = join(folder, 'right');
      writeFileSync(path, mark + JSON.stringify(config));
      expect(readCozeOAuthConfig(path)).toMatchObject({ appId: 'app-1' });
    }
  });
});
