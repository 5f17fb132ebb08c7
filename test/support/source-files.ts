/** The files of this repository that tests read as text. */
import { readdirSync } from 'node:fs';

/** The TypeScript files below `folder`, by their paths relative to the root. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted();
}
