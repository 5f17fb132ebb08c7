/** Patches of foreign text: either they are applied, or the build fails and names the patch. */
import { build, type Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { patchModules, replaceOrFail } from '../../../src/build/replace-or-fail.js';

describe('replaceOrFail', () => {
  it('replaces every occurrence of a string', () => {
    expect(replaceOrFail('a b a', ['a', 'c'], 'lib.js')).toBe('c b c');
  });

  it('replaces what a pattern matches', () => {
    expect(replaceOrFail('x1 x2', [/x\d/g, 'y'], 'lib.js')).toBe('y y');
  });

  it('takes the replacement literally', () => {
    expect(replaceOrFail('price', ['price', "$& $1 $'"], 'lib.js')).toBe("$& $1 $'");
    expect(replaceOrFail('price', [/price/, '$&'], 'lib.js')).toBe('$&');
  });

  it.each(['gone', /gone/, /gone/g])('throws when the text has no %s, and names the source', (searched) => {
    expect(() => replaceOrFail('other text', [searched, ''], 'lib.js')).toThrow(/^lib\.js no longer contains .*gone/);
  });

  it('accepts a replacement that equals what was there', () => {
    expect(replaceOrFail('same', ['same', 'same'], 'lib.js')).toBe('same');
  });
});

describe('patchModules', () => {
  /** Builds `/lib.js` by itself. */
  async function bundle(code: string, modules: Parameters<typeof patchModules>[0]['modules']): Promise<string> {
    const source: Plugin = {
      name: 'source',
      resolveId: (id) => (id === '/lib.js' ? id : undefined),
      load: (id) => (id === '/lib.js' ? code : undefined),
    };
    const output = await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [source, patchModules({ name: 'patch', environment: 'client', modules })],
      build: { write: false, minify: false, rolldownOptions: { input: '/lib.js', preserveEntrySignatures: 'strict' } },
    });
    const { output: files } = [output].flat()[0] as { readonly output: readonly { readonly code?: string }[] };
    return files[0]?.code ?? '';
  }

  it('bundles the module as it is after its patches', async () => {
    expect(await bundle('export const color = "red";', { '/lib.js': [['"red"', '"blue"']] })).toContain('"blue"');
  });

  it('bundles the module that a function makes in its place', async () => {
    expect(await bundle('export const color = "red";', { '/lib.js': () => 'export const size = 5;' })).toContain('size = 5');
  });

  it('fails the build when the module no longer has the text', async () => {
    await expect(bundle('export const color = "red";', { '/lib.js': [['"green"', '"blue"']] })).rejects.toThrow(
      'no longer contains "green"',
    );
  });

  it('fails the build when the module is not part of it', async () => {
    await expect(bundle('export const color = "red";', { '/other.js': [['"red"', '"blue"']] })).rejects.toThrow(
      'The build has not met /other.js.',
    );
  });
});
