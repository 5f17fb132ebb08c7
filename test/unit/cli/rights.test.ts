/** The doctor on single permissions, on permissions that no chat needs, and on keys in a site's files. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { DEFAULT_FEATURES, FEATURE_NAMES, type FeatureName, FEATURES, listPoints } from '../../../src/cli/doctor/permissions.js';
import { startSharedApp } from '../../support/stand-in.js';
import { diagnose, examineSetUp, failedIn, type } from './arrange.js';

let coze: CozeStandIn;

beforeAll(async () => {
  coze = await startSharedApp();
});
afterAll(() => coze.stop());
beforeEach(() => {
  coze.resetFaults();
  coze.clearRequests();
});

const examine = (features: readonly FeatureName[]) => examineSetUp(coze, ['--bot-id', coze.botId, '--features', features.join()]);

/** Permissions that no endpoint of the stand-in requires alone. */
const UNTRIED = ['workflow.getMetadata', 'app.getMetadata'];

describe('Doctor on single permissions', () => {
  it.each(
    FEATURE_NAMES.flatMap((feature) =>
      FEATURES[feature].points.filter((point) => !UNTRIED.includes(point)).map((point) => ({ feature, point })),
    ),
  )('The missing permission $point fails a check by its name when $feature is switched on', async ({ feature, point }) => {
    const key = point.split('.')[1] ?? '';
    coze.setFaults({ missingPermissions: [key] });
    const diagnosis = await examine(feature === 'chat' ? ['chat'] : ['chat', feature]);
    expect(diagnosis.exitCode).toBe(1);
    const failures = diagnosis.checks.filter(({ status }) => status === 'failed');
    expect(failures.map(({ explanation, remedy }) => `${explanation} ${String(remedy)}`).join()).toContain(key);
  });

  it('A missing permission of a feature that is switched off fails no check', async () => {
    const off = FEATURE_NAMES.filter((name) => !DEFAULT_FEATURES.includes(name));
    const needed = new Set<string>(listPoints(DEFAULT_FEATURES));
    const unneeded = listPoints(off).filter((point) => !needed.has(point) && !UNTRIED.includes(point));
    coze.setFaults({ missingPermissions: unneeded.map((point) => point.split('.')[1] ?? '') });
    expect(failedIn(await examineSetUp(coze, ['--bot-id', coze.botId]))).toEqual([]);
  });

  it('The doctor tries permissions without sending a message, deleting or rating anything', async () => {
    await examine(FEATURE_NAMES);
    const changing = coze.requests.filter(
      ({ method, path }) => method !== 'GET' && !/oauth2|conversation\/create|message\/list|\/clear$/.test(path),
    );
    expect(changing.length).toBeGreaterThan(8);
    for (const { responseText } of changing) expect(responseText).not.toMatch(/"code":0\b/);
  });

  it('An unknown feature is refused with exit code 2', async () => {
    expect((await type(['doctor', '--config', 'config.json', '--features', 'chat,telepathy'])).exitCode).toBe(2);
  });
});

describe('Doctor on rights that no visitor needs', () => {
  it.each(['createBot', 'publish', 'edit', 'listWorkspace', 'listKnowledge', 'createKnowledge', 'updateVariable'])(
    'The doctor warns of the right %s',
    async (point) => {
      coze.setFaults({ extraPermissions: [point] });
      const diagnosis = await examine(['chat']);
      expect([diagnosis.exitCode, diagnosis.find('rights').status]).toEqual([0, 'warning']);
      expect(diagnosis.find('rights').explanation).toContain(point);
    },
  );

  it('The check of rights is skipped when the responses of Coze do not show whether they exist', async () => {
    const fetch: typeof globalThis.fetch = (input, init) =>
      /\/v1\/(?:bot\/(?:create|publish|update)|workspaces|datasets|variables)/.test(String(input))
        ? Promise.resolve(new Response('not found', { status: 404 }))
        : globalThis.fetch(input, init);
    const diagnosis = await examineSetUp(coze, ['--bot-id', coze.botId], { fetch });
    expect(diagnosis.find('rights').status).toBe('skipped');
  });

  it('The check of rights says what every token can read in spite of its permissions', async () => {
    expect((await examine(['chat'])).find('rights').explanation).toMatch(/reads its prompt/);
  });
});

describe('Doctor on the files of a site', () => {
  const BASE64 = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
  const PEM = `-----BEGIN PRIVATE KEY-----\n${BASE64}\n-----END PRIVATE KEY-----`;
  const pat = `pat_${'aB3'.repeat(20)}`;
  const examineSite = (files: Readonly<Record<string, string | Uint8Array>>) =>
    diagnose(['--site', 'public'], {
      listFiles: () => Promise.resolve(Object.keys(files)),
      readBinaryFile: (path) => Promise.resolve(Buffer.from(files[path.replace('public/', '')] ?? '')),
    });

  it.each<[string, string | Uint8Array]>([
    ['a PEM', PEM],
    ['a PEM of another kind', PEM.replace('PRIVATE', 'RSA PRIVATE')],
    ['a config of the console', JSON.stringify({ private_key: PEM })],
    ['a PEM in a bundle', `const k="-----BEGIN PRIVATE KEY-----\\n"+"${BASE64}"`],
    ['a PEM in UTF-16', Buffer.from(PEM, 'utf16le')],
    ['a personal access token', `new CozeAPI({token:"${pat}"})`],
    ['a service access token', `Authorization: Bearer sat_${'x9'.repeat(30)}`],
  ])('Files with %s fail the check, and the secret is not shown', async (_, content) => {
    const diagnosis = await examineSite({ 'index.html': '<h1>Shop</h1>', 'js/app.js': content });
    expect(failedIn(diagnosis)).toEqual(['site']);
    const text = JSON.stringify(diagnosis);
    expect(text).toContain('js/app.js');
    expect(text).not.toMatch(/MII|aB3aB3|x9x9/);
  });

  it.each([
    'Begin it with -----BEGIN PRIVATE KEY----- and end it so.',
    'const PEM = /-----BEGIN PRIVATE KEY-----/;',
    'Tokens begin with pat_ or sat_.',
    'data-token="pat_xxxx"',
    `-----BEGIN PUBLIC KEY-----\n${BASE64}`,
    'compat_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  ])('Files that only mention keys pass the check: %s', async (content) => {
    expect((await examineSite({ 'doc.html': content })).find('site').status).toBe('ok');
  });

  it.each([
    [{ 'a.html': 'Shop' }, /^In 1 file there is no private key/],
    [{ 'a.html': 'Shop', 'b.html': 'Help' }, /^In 2 files there is no private key/],
    [{ 'a.html': 'Shop', 'b.js': PEM }, /personal access token is in 1 of 2 files: b\.js\. /],
    [{ 'b.js': PEM }, /personal access token is in 1 of 1 file: b\.js\. /],
  ])('The check counts files in correct English: %o', async (files, expected) => {
    expect((await examineSite(files)).find('site').explanation).toMatch(expected);
  });

  it('A folder that cannot be read fails the check', async () => {
    const diagnosis = await diagnose(['--site', 'nowhere']);
    expect(diagnosis.find('site')).toMatchObject({ status: 'failed', explanation: 'The folder cannot be read.' });
  });
});
