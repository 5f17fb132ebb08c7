/** Finds options that `WebChatClient` does not have, such as misspelt ones. At run time, only a message in the page's console reports them. */
import { OPTION_TABLE } from '../../webchatclient/option-table.js';
import type { WrittenOption } from './call-options.js';

const PATHS = Object.keys(OPTION_TABLE);
const KNOWN: ReadonlySet<string> = new Set(PATHS);
/** `ui`, `ui.chatBot` */
const BRANCHES: ReadonlySet<string> = new Set(PATHS.flatMap((path) => [...path.matchAll(/\./g)].map(({ index }) => path.slice(0, index))));

/** Option names are printed, so a name must not be a token. */
const TOKEN = /(?:pat|sat)_/;

/** Maximum per call, so that a file full of unknown options does not make a long report. */
const MAX_UNKNOWN = 20;

/** Without duplicates, each at its first position. */
export function findUnknownOptions(options: readonly WrittenOption[]): readonly WrittenOption[] {
  const found = new Map<string, WrittenOption>();
  for (const option of options) {
    if (found.size >= MAX_UNKNOWN) break;
    if (isUnknownOption(option.path) && !TOKEN.test(option.path) && !found.has(option.path)) found.set(option.path, option);
  }
  return [...found.values()];
}

/** Only checked to the depth of the known options: members of an option's value, or of an unknown option, do not count. */
function isUnknownOption(path: string): boolean {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return !KNOWN.has(path) && !BRANCHES.has(path) && (parent === '' || BRANCHES.has(parent));
}

/** Returns the known option that has the same name at another place; a legacy name only if there is no other. */
export function findNamesake(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const found = PATHS.filter((known) => known.endsWith(`.${name}`));
  return found.find((known) => !known.startsWith('componentProps.')) ?? found[0];
}
