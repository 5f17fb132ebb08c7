import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { ServerConfigurationError } from '../../../../src/server/index.js';
import { arrange, keyPair, NOW_MS, oauth, tokenRequest } from '../arrange.js';

const PKCS8 = keyPair.privateKey;
const PKCS1 = createPrivateKey(PKCS8).export({ type: 'pkcs1', format: 'pem' }).toString();
function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
}
function pem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
}

function withKey(privateKey: string) {
  return arrange({ oauth: { ...oauth, privateKey } });
}

function thrownBy(privateKey: unknown): ServerConfigurationError {
  try {
    withKey(privateKey as string);
  } catch (error) {
    return error as ServerConfigurationError;
  }
  throw new Error('the key was accepted');
}

describe('Private key of the host', () => {
  it.each<[string, string]>([
    ['as PKCS#8', PKCS8],
    ['as PKCS#1', PKCS1],
    ['without a final line break', PKCS8.trimEnd()],
    ['with blank lines around it', `\n\n${PKCS8}\n\n`],
    ['with CRLF', PKCS8.replaceAll('\n', '\r\n')],
    ['with written-out line breaks', PKCS8.replaceAll('\n', '\\n')],
    ['with written-out CRLF', PKCS8.replaceAll('\n', '\\r\\n')],
    ['with spaces for line breaks', PKCS8.trim().split('\n').join(' ')],
    ['in double quotes', `"${PKCS8}"`],
    ['in single quotes with written-out line breaks', `'${PKCS8.replaceAll('\n', '\\n')}'`],
    ['with a byte order mark', `\uFEFF${PKCS8}`],
    ['as PKCS#1 with everything at once', `\uFEFF"${PKCS1.replaceAll('\n', '\\r\\n')}" `],
  ])('F12: A private key %s is accepted and signs', async (_case, privateKey) => {
    const { endpoint, coze } = withKey(privateKey);
    await endpoint.ready();
    expect((await endpoint(tokenRequest())).status).toBe(200);
    await expect(coze.verify(coze.seen[0]?.assertion ?? '', { currentDate: new Date(NOW_MS) })).resolves.toBeDefined();
  });

  it.each([3072, 4096])(
    'A private key of %i bits is accepted',
    // Key generation searches primes at random: it takes seconds of one processor, occasionally ten times as long.
    { timeout: 120_000 },
    async (modulusLength) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
      await withKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()).endpoint.ready();
    },
  );

  const encoding = { type: 'pkcs8', format: 'pem' } as const;
  const passphrase = { cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  it.each<[string, unknown, RegExp]>([
    ['missing', undefined, /oauth\.privateKey/],
    ['empty', '', /empty/],
    ['blank', ' \n', /empty/],
    ['a path', './private.pem', /not the path/],
    ['only its first line', '-----BEGIN PRIVATE KEY-----', /cut off/],
    ['cut off', PKCS8.slice(0, 800), /cut off/],
    ['missing some of its middle', PKCS8.replace(/\n.{64}\n.{64}\n/, '\n'), /damaged/],
    ['not base64', pem('PRIVATE KEY', Buffer.from('x')).replace('eA==', '!!!!'), /damaged/],
    ['not DER', pem('PRIVATE KEY', Buffer.from('hello')), /damaged/],
    ['DER with a wrong length', pem('PRIVATE KEY', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)), /damaged/],
    ['followed by junk', pem('PRIVATE KEY', Buffer.concat([derOf(PKCS8), Buffer.from('junk')])), /damaged/],
    ['PKCS#8 labelled as PKCS#1', pem('RSA PRIVATE KEY', derOf(PKCS8)), /damaged/],
    ['PKCS#1 labelled as PKCS#8', pem('PRIVATE KEY', derOf(PKCS1)), /damaged/],
    ['two keys', PKCS8 + PKCS8, /single PEM block/],
    [
      'a key with a passphrase',
      createPrivateKey(PKCS8)
        .export({ ...encoding, ...passphrase })
        .toString(),
      /passphrase/,
    ],
    [
      'a PKCS#1 key with a passphrase',
      createPrivateKey(PKCS8)
        .export({ type: 'pkcs1', format: 'pem', ...passphrase })
        .toString(),
      /passphrase/,
    ],
    ['the public key', keyPair.publicKey, /public key/],
    ['a certificate', pem('CERTIFICATE', derOf(PKCS8)), /certificate/],
    ['an elliptic-curve key', ec.export(encoding).toString(), /not an RSA key/],
    ['an elliptic-curve key in SEC1', ec.export({ type: 'sec1', format: 'pem' }).toString(), /not an RSA key/],
    ['an Ed25519 key', generateKeyPairSync('ed25519').privateKey.export(encoding).toString(), /not an RSA key/],
    ['an RSA key of 1024 bits', rsa1024.export(encoding).toString(), /1024 bits/],
    ['a PKCS#1 key of 1024 bits', rsa1024.export({ type: 'pkcs1', format: 'pem' }).toString(), /1024 bits/],
  ])('F12: A private key that is %s is refused with advice, and the error contains no part of it', (_case, privateKey, advice) => {
    const error = thrownBy(privateKey);
    expect(error).toBeInstanceOf(ServerConfigurationError);
    expect(error.message).toMatch(/^createTokenEndpoint: oauth\.privateKey: /);
    expect(error.message).toMatch(advice);
    const reported = inspect(error) + JSON.stringify(error) + String(error.stack);
    const material =
      String(privateKey)
        .replace(/-----[A-Z0-9 ]*-----/g, '')
        .match(/[A-Za-z0-9+/]{12,}/g) ?? [];
    expect(material.filter((part) => reported.includes(part))).toEqual([]);
  });

  it('A key that WebCrypto does not import makes ready() and the request fail, and the next request tries again', async () => {
    const refuse = () => Promise.reject(new DOMException(`invalid key ${PKCS8}`, 'DataError'));
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockImplementationOnce(refuse).mockImplementationOnce(refuse);
    const { endpoint, coze, events } = withKey(PKCS8);
    const error: unknown = await endpoint.ready().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServerConfigurationError);
    expect(error).toMatchObject({ message: expect.stringMatching(/^oauth: .* the key is damaged/) });
    expect(inspect(error)).not.toContain('invalid key');

    expect([(await endpoint(tokenRequest())).status, coze.seen.length]).toEqual([500, 0]);
    expect(events).toEqual([expect.objectContaining({ error: 'server_error', reason: 'signing_failed' })]);
    expect((await endpoint(tokenRequest())).status).toBe(200);
    importKey.mockRestore();
  });
});
