/** The files of this repository that tests read as text. */
import { readdirSync } from 'node:fs';

/** The TypeScript files in `folder` and below, by their paths from the root. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted();
}
