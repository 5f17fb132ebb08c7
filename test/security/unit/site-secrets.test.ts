/** `doctor --site` never calls unread files clean: a web server follows links, and may read files that the doctor may not. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorDeps } from '../../../src/cli/doctor/deps.js';
import { listServedFiles } from '../../../src/cli/doctor/served-files.js';
import { checkSite } from '../../../src/cli/doctor/site.js';

const BASE64 = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
const PEM = `-----BEGIN PRIVATE KEY-----\n${BASE64}\n-----END PRIVATE KEY-----`;
const PAT = `pat_${'aB3'.repeat(20)}`;

const check = (files: Readonly<Record<string, string | undefined>>) =>
  checkSite('public', {
    listFiles: () => Promise.resolve(Object.keys(files)),
    readBinaryFile: (path: string) => {
      const text = files[path.replace('public/', '')];
      return text === undefined ? Promise.reject(new Error('EACCES')) : Promise.resolve(Buffer.from(text));
    },
  } as Partial<DoctorDeps> as DoctorDeps);

describe('Symbolic links in a site’s folder', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'site-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('A file behind a link is listed under the link, a folder once, and a loop ends', async () => {
    await mkdir(join(folder, 'private'));
    await writeFile(join(folder, 'private', 'key.json'), PEM);
    await mkdir(join(folder, 'public', 'js'), { recursive: true });
    await writeFile(join(folder, 'public', 'js', 'app.js'), '');
    await symlink('../private/key.json', join(folder, 'public', 'config.json'));
    await symlink('../private', join(folder, 'public', 'data'));
    await symlink('.', join(folder, 'public', 'js', 'self'));
    await symlink('..', join(folder, 'public', 'up'));
    await symlink('nowhere', join(folder, 'public', 'gone'));
    const found = await listServedFiles(join(folder, 'public'), 100);
    expect(found).toEqual(expect.arrayContaining(['config.json', 'data/key.json', 'js/app.js']));
    expect(found.length).toBeLessThanOrEqual(4);
  });

  it('No more files are listed than requested, and a missing folder is an error', async () => {
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), '');
    expect(await listServedFiles(folder, 2)).toHaveLength(2);
    await expect(listServedFiles(join(folder, 'nowhere'), 2)).rejects.toThrow();
  });
});

it('A file whose name is not UTF-8 does not count as clean', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  try {
    // "密钥.pem" in GBK, as archives from Windows have it.
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('c3dcd4bf2e70656d', 'hex')]), PEM);
    const deps = { listFiles: listServedFiles, readBinaryFile: (path: string) => readFile(path) };
    const result = await checkSite(folder, deps as Partial<DoctorDeps> as DoctorDeps);
    expect(result).toMatchObject({ status: 'warning', explanation: expect.stringContaining('.pem could not be read') as string });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each(['private_key (1).pem', 'static\\js\\app.js', '密钥（新）.json', 'clé.pem'.normalize('NFD'), "it's & [id] + #1.js", 'ลูกค้า.json'])(
  'A file with a key is named: %s',
  async (name) => {
    expect((await check({ [name]: PEM })).explanation).toContain(name);
  },
);

it.each(['a\u001b[2Kb.js', 'a\nb.js', 'gpj\u202e.js', `${PAT}.txt`])(
  'A name is not printed that could mislead or is a token: %j',
  async (name) => {
    const { explanation } = await check({ [name]: PEM });
    expect(explanation).toContain('a file with an unusual name');
    expect(explanation).not.toContain(name);
  },
);

it('A file that cannot be read is named in a warning', async () => {
  expect(await check({ 'index.html': '<h1>Shop</h1>', 'backup.json': undefined })).toMatchObject({
    status: 'warning',
    explanation: 'In 1 file there is no private key and no personal access token; backup.json could not be read.',
  });
  expect(await check({ 'index.html': PEM, 'backup.json': undefined })).toMatchObject({ status: 'failed' });
});

it.each([
  ['a key in JSON in a script', JSON.stringify(JSON.stringify({ private_key: PEM }))],
  ['a key in JSON in JSON in a script', JSON.stringify(JSON.stringify(JSON.stringify({ private_key: PEM })))],
  ['a key in an attribute', `<div data-key="${PEM.replaceAll('\n', '&#10;')}">`],
  ['a key in an address', `?key=${PEM.replaceAll('\n', '%0A')}`],
  ['a key in lines of a list', JSON.stringify(PEM.split('\n'))],
  ['a token at a line end in a script', JSON.stringify(`COZE\n${PAT}`)],
])('A secret is found in a file: %s', async (_, text) => {
  const result = await check({ 'app.js': text });
  expect(result.status).toBe('failed');
  expect(JSON.stringify(result)).not.toMatch(/MII|aB3aB3/);
});
