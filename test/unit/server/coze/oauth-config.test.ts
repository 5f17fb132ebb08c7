import { describe, expect, it } from 'vitest';
import { fromCozeOAuthConfig } from '../../../../src/server/index.js';
import { arrange, keyPair, tokenRequest } from '../arrange.js';

const config = {
  client_type: 'jwt',
  client_id: '1234567890',
  coze_www_base: 'https://www.coze.cn',
  coze_api_base: 'https://api.coze.cn',
  private_key: keyPair.privateKey,
  public_key_id: 'fingerprint',
};

const expected = {
  appId: '1234567890',
  keyId: 'fingerprint',
  privateKey: keyPair.privateKey,
  apiBaseUrl: 'https://api.coze.cn',
  audience: 'api.coze.cn',
};

describe('coze_oauth_config.json', () => {
  it('The config is read as an object, as text, and as text with a byte order mark', () => {
    expect(fromCozeOAuthConfig(config)).toEqual(expected);
    expect(fromCozeOAuthConfig(JSON.stringify(config))).toEqual(expected);
    expect(fromCozeOAuthConfig(`\uFEFF${JSON.stringify(config, null, 2)}`)).toEqual(expected);
  });

  it('F16: The config is sufficient for an endpoint, and its API host is the audience', async () => {
    const { endpoint, coze } = arrange({ oauth: fromCozeOAuthConfig({ ...config, coze_api_base: 'https://api.coze.com' }) });
    expect((await endpoint(tokenRequest())).status).toBe(200);
    expect(coze.seen[0]).toMatchObject({
      url: 'https://api.coze.com/api/permission/oauth2/token',
      claims: { iss: '1234567890', aud: 'api.coze.com' },
    });
  });

  it('The config keeps the audience of the real service when another API URL is given', () => {
    const overridden = fromCozeOAuthConfig(config, { apiBaseUrl: 'http://127.0.0.1:4100' });
    expect(overridden).toEqual({ ...expected, apiBaseUrl: 'http://127.0.0.1:4100' });
  });

  it('An explicit audience overrides the audience of the config', () => {
    const local = { ...config, coze_api_base: 'http://127.0.0.1:4100' };
    expect(fromCozeOAuthConfig(local).audience).toBe('127.0.0.1:4100');
    expect(fromCozeOAuthConfig(local, { audience: 'api.coze.cn' }).audience).toBe('api.coze.cn');
  });

  it.each<[string, string | object, RegExp]>([
    ['of a web app', { ...config, client_type: 'web' }, /client_type: must be "jwt".*service app/],
    ['without an app id', { ...config, client_id: undefined }, /client_id: must be the id of the OAuth app, as text$/],
    ['with a number for an app id', { ...config, client_id: 1234567890 }, /client_id: must be the id of the OAuth app, as text$/],
    ['with a placeholder', { ...config, client_id: '<app id>' }, /client_id: is a placeholder: it must be the id of the OAuth app/],
    ['without a key', { ...config, private_key: '' }, /private_key: must be the text of the private key/],
    ['without a key id', { ...config, public_key_id: undefined }, /public_key_id: must be .*fingerprint/],
    ['with a host for a URL', { ...config, coze_api_base: 'api.coze.cn' }, /coze_api_base: is not a URL/],
    ['given as a path', './coze_oauth_config.json', /not its path/],
    ['that is null', 'null', /: this is not a JSON object/],
  ])('A config %s is refused with the name of the wrong field, without content of the config', (_case, json, message) => {
    const read = (): unknown => fromCozeOAuthConfig(json);
    expect(read).toThrow(expect.objectContaining({ code: 'invalid_configuration', message: expect.stringMatching(message) }));
    expect(read).not.toThrow(/MII|1234567890/);
  });
});
