/** Patches of foreign text: either they are applied, or the build fails and names the patch. */
import { build, type Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { patchModules, replaceOrFail } from '../../../src/build/replace-or-fail.js';

describe('replaceOrFail', () => {
  it('replaceOrFail() replaces every occurrence of a string', () => {
    expect(replaceOrFail('a b a', ['a', 'c'], 'lib.js')).toBe('c b c');
  });

  it('replaceOrFail() replaces every match of a pattern', () => {
    expect(replaceOrFail('x1 x2', [/x\d/g, 'y'], 'lib.js')).toBe('y y');
  });

  it('replaceOrFail() inserts the replacement literally', () => {
    expect(replaceOrFail('price', ['price', "$& $1 $'"], 'lib.js')).toBe("$& $1 $'");
    expect(replaceOrFail('price', [/price/, '$&'], 'lib.js')).toBe('$&');
  });

  it.each(['gone', /gone/, /gone/g])('replaceOrFail() throws if the text does not contain %s, and names the source', (searched) => {
    expect(() => replaceOrFail('other text', [searched, ''], 'lib.js')).toThrow(/^lib\.js no longer contains .*gone/);
  });

  it('replaceOrFail() accepts a replacement that equals the replaced text', () => {
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

  it('patchModules() bundles the patched module', async () => {
    expect(await bundle('export const color = "red";', { '/lib.js': [['"red"', '"blue"']] })).toContain('"blue"');
  });

  it('patchModules() bundles the module that a function returns in its place', async () => {
    expect(await bundle('export const color = "red";', { '/lib.js': () => 'export const size = 5;' })).toContain('size = 5');
  });

  it('patchModules() fails the build if the module no longer contains the text', async () => {
    await expect(bundle('export const color = "red";', { '/lib.js': [['"green"', '"blue"']] })).rejects.toThrow(
      'no longer contains "green"',
    );
  });

  it('patchModules() fails the build if the module is not part of it', async () => {
    await expect(bundle('export const color = "red";', { '/other.js': [['"red"', '"blue"']] })).rejects.toThrow(
      'The build has not met /other.js.',
    );
  });
});
