/** File system access, in runtimes that have it. */
import { getMember, isObject } from '../../core/values/own-members.js';

/** Reads a whole file; rejects with the system's error. */
export type ReadFile = (path: URL) => Promise<Uint8Array>;

/**
 * Finds the file system of Node, Bun or Deno; `undefined` without one. The module's name is computed, because bundlers for runtimes without
 * it, which the rest of the server part supports, would fail on the import.
 */
export async function findReadFile(): Promise<ReadFile | undefined> {
  const fileSystem = getBuiltin(MODULE_NAME) ?? (await importModule(MODULE_NAME));
  const readFile = isObject(fileSystem) ? getMember(fileSystem, 'readFile') : undefined;
  return typeof readFile === 'function' ? (readFile as ReadFile) : undefined;
}

const MODULE_NAME = ['node', 'fs/promises'].join(':');

/** Node from 20.16, Bun and Deno; works in bundled code, too. */
function getBuiltin(name: string): unknown {
  const process = Reflect.get(globalThis, 'process') as { getBuiltinModule?: (name: string) => unknown } | undefined;
  return process?.getBuiltinModule?.(name);
}

async function importModule(name: string): Promise<unknown> {
  try {
    return (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)) as unknown;
  } catch {
    return undefined;
  }
}
