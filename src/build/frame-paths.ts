/** Where the frame's build finds its sources. */
import { fileURLToPath } from 'node:url';

/** Name of the build's environment. */
export const FRAME = 'frame';

/** Returns the path of a file below `src/frame/`. */
export function inFrame(path: string): string {
  return fileURLToPath(new URL(`../frame/${path}`, import.meta.url));
}

/** Returns the path of a file in an installed package. */
export function installed(path: string): string {
  return fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
}
