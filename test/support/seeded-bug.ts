/** Builds the engine with a mistake in it, from its own source with a few words changed. The code itself knows nothing of this. */
import { fileURLToPath } from 'node:url';
import { type Plugin, build } from 'vite';
import type { Engine } from './isolation-world.js';

export interface Edit {
  /** Below `src/`. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly find: string;
  readonly replace: string;
}

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const ENTRY = 'virtual:engine';

export async function buildEngine(edits: readonly Edit[]): Promise<Engine> {
  const made = new Set<Edit>();
  const plugin: Plugin = {
    name: 'seeded-bug',
    enforce: 'pre',
    resolveId: (id) => (id === ENTRY ? id : undefined),
    load: (id) =>
      id === ENTRY
        ? `export { AccessTokenSource } from '${src}token/source/access-token-source.ts';
           export { SessionController } from '${src}session/session-controller.ts';`
        : undefined,
    transform(code, id) {
      const own = edits.filter(({ file }) => id === src + file);
      return own.reduce((text, edit) => {
        made.add(edit);
        return replaceOnce(text, edit);
      }, code);
    },
  };
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    build: { write: false, minify: false, target: 'es2022', rolldownOptions: { input: ENTRY, preserveEntrySignatures: 'exports-only' } },
  });
  if (made.size !== edits.length) throw new Error('A seeded bug names a file that is not part of the engine.');
  const [chunk] = [built].flat().flatMap((output) => ('output' in output ? output.output : []));
  if (chunk?.type !== 'chunk') throw new Error('The engine was not built.');
  return (await import(`data:text/javascript;base64,${Buffer.from(chunk.code).toString('base64')}`)) as Engine;
}

function replaceOnce(text: string, { file, find, replace }: Edit): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`“${find}” is not exactly once in ${file}.`);
  return before + replace + after;
}
