/**
 * Describes the frame's files for the page, which needs this before it loads any: names and digests of the script, the style sheet, and each
 * late chunk with all its imports. The build fails if the frame could run a file without a digest.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { toIntegrity } from './integrity.js';

interface BuiltFile {
  readonly name: string;
  readonly integrity: string;
}

export interface FrameFiles {
  readonly script: BuiltFile;
  readonly style: BuiltFile;
  readonly chunks: readonly (BuiltFile & { readonly chunk: string })[];
}

/** Rollup's name for a chunk: its module's name and eight characters of a hash. */
const CHUNK_NAME = /^(.+)-[\w-]{8}\.js$/;

/** `folder` contains the output of the frame's build. */
export function describeFrameFiles(folder: string): FrameFiles {
  const names = readdirSync(folder);
  const find = (pattern: RegExp): BuiltFile => {
    const found = names.filter((name) => pattern.test(name));
    if (found.length !== 1) throw new Error(`${folder} has ${found.length} files like ${String(pattern)}.`);
    return describe(found[0] ?? '');
  };
  // Every visitor's browser loads these digests, and they cannot be compressed.
  const describe = (name: string): BuiltFile => ({ name, integrity: toIntegrity(readFileSync(join(folder, name)), 'sha256') });
  const scripts = new Map(names.filter((name) => name.endsWith('.js')).map((name) => [name, parseImports(join(folder, name))]));

  const script = find(/^frame-.*\.js$/);
  const style = find(/^frame-.*\.css$/);
  const [unverified] = scripts.get(script.name)?.imports ?? [];
  if (unverified !== undefined) throw new Error(`${script.name} imports ${unverified}, which nothing would compare with its digest.`);
  const chunks = [...scripts].flatMap(([importer, { code, dynamicImports }]) =>
    dynamicImports.flatMap((name) => {
      const chunk = CHUNK_NAME.exec(name)?.[1];
      if (chunk === undefined || !new RegExp(`\\(["'\`]${chunk}["'\`],`).test(code)) {
        throw new Error(`${importer} imports ${name}, and not by loadChunk('${chunk ?? name}', …).`);
      }
      const files = [...withImports(name, scripts)].filter((file) => file !== script.name);
      return files.map((file) => ({ chunk, ...describe(file) }));
    }),
  );
  return { script, style, chunks };
}

interface Imports {
  readonly code: string;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

function parseImports(path: string): Imports {
  const code = readFileSync(path, 'utf8');
  const sources = parseAst(code).body.flatMap((node) =>
    'source' in node && typeof node.source?.value === 'string' ? [node.source.value] : [],
  );
  const dynamic = [...code.matchAll(/\bimport\(\s*(["'`])\.\/([^"'`]+)\1\s*\)/g)].map(([, , name = '']) => name);
  return { code, imports: sources.map((source) => source.replace(/^\.\//, '')), dynamicImports: dynamic };
}

function withImports(name: string, scripts: ReadonlyMap<string, Imports>, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  // Imports come first, so that each script finds its imports already loaded.
  for (const source of scripts.get(name)?.imports ?? []) withImports(source, scripts, seen);
  return seen.add(name);
}
