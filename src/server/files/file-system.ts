/** The disk, where a runtime has one. */
import { getMember, isObject } from '../../core/values/own-members.js';

/** Reads a file whole; rejects with the system's error. */
export type ReadFile = (path: URL) => Promise<Uint8Array>;

/**
 * Reads by the file system of Node, Bun or Deno; `undefined` where there is none. Its module is not imported by a name that is written here:
 * bundlers for runtimes that do not have it, for which the rest of the server part is made as well, would fail.
 */
export async function findReadFile(): Promise<ReadFile | undefined> {
  const fileSystem = getBuiltin(MODULE_NAME) ?? (await importModule(MODULE_NAME));
  const readFile = isObject(fileSystem) ? getMember(fileSystem, 'readFile') : undefined;
  return typeof readFile === 'function' ? (readFile as ReadFile) : undefined;
}

const MODULE_NAME = ['node', 'fs/promises'].join(':');

/** Of Node from 20.16, Bun and Deno; bundled code can call it, too. */
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
