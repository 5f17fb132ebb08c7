/** Options that `WebChatClient` does not have, such as misspelt ones: the page hears of them in its console, if anybody looks there. */
import { OPTION_TABLE } from '../../webchatclient/option-table.js';
import type { WrittenOption } from './call-options.js';

const PATHS = Object.keys(OPTION_TABLE);
const KNOWN: ReadonlySet<string> = new Set(PATHS);
/** `ui`, `ui.chatBot` */
const BRANCHES: ReadonlySet<string> = new Set(PATHS.flatMap((path) => [...path.matchAll(/\./g)].map(({ index }) => path.slice(0, index))));

/** The name of an option is shown. */
const TOKEN = /(?:pat|sat)_/;

/** Of a call, so that a file that is made of them makes no long report. */
const MAX_UNKNOWN = 20;

/** Each once, with where it is first. */
export function findUnknownOptions(options: readonly WrittenOption[]): readonly WrittenOption[] {
  const found = new Map<string, WrittenOption>();
  for (const option of options) {
    if (found.size >= MAX_UNKNOWN) break;
    if (isUnknownOption(option.path) && !TOKEN.test(option.path) && !found.has(option.path)) found.set(option.path, option);
  }
  return [...found.values()];
}

/** As deep as the known ones go: what is in an option, or in one that is not known, is none by itself. */
function isUnknownOption(path: string): boolean {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return !KNOWN.has(path) && !BRANCHES.has(path) && (parent === '' || BRANCHES.has(parent));
}

/** Those of the same name elsewhere; the former names only where there is no other. */
export function findNamesake(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const found = PATHS.filter((known) => known.endsWith(`.${name}`));
  return found.find((known) => !known.startsWith('componentProps.')) ?? found[0];
}
