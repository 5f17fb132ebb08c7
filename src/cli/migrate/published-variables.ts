/**
 * Finds secrets in variables of an environment file that a build tool copies into the script of the page. Other variables of such a file
 * may contain secrets: they stay on the server.
 */
import { PERSONAL_TOKEN, PRIVATE_KEY } from '../secrets.js';
import type { Place } from './finding.js';

/** `.env`, `.env.local` */
const ENVIRONMENT_FILE = /(?:^|\/)\.env(?:\.[\w.-]{1,80})?$/;

/**
 * An assignment at the start of a line, to a name with the prefix that a build tool looks for: Vite, Next, Nuxt, SvelteKit and Astro,
 * Create React App, Vue CLI, Gatsby, Expo, Angular, Taro, Storybook.
 */
const PUBLISHED =
  /^[ \t]{0,20}(?:export[ \t]{1,20})?(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|REACT_APP|VUE_APP|GATSBY|EXPO_PUBLIC|NG_APP|TARO_APP|STORYBOOK)_\w{1,100}[ \t]{0,20}=/;
/** An assignment or a comment: neither belongs to the value before it. */
const NEW_LINE = /^[ \t]{0,20}(?:#|(?:export[ \t]{1,20})?\w{1,120}[ \t]{0,20}=)/;

export function isEnvironmentFile(path: string): boolean {
  return ENVIRONMENT_FILE.test(path);
}

export function findPublishedSecrets(text: string): readonly Place[] {
  const found: Place[] = [];
  let start = 0;
  for (const variable of splitVariables(text)) {
    if (PUBLISHED.test(variable)) {
      for (const { pattern, what } of SECRETS) {
        const index = variable.search(pattern);
        if (index >= 0) found.push({ at: start + index, kind: 'todo', what, advice: ADVICE });
      }
    }
    start += variable.length;
  }
  return found;
}

/** Splits the text into variables, each with all lines of its value and their line ends. */
function splitVariables(text: string): readonly string[] {
  const variables: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    if (NEW_LINE.test(line) || variables.length === 0) variables.push(line);
    else variables[variables.length - 1] += line;
  }
  return variables;
}

const SECRETS = [
  { pattern: PERSONAL_TOKEN, what: 'A personal access token in a variable that the build tool puts into the page.' },
  { pattern: PRIVATE_KEY, what: 'A private key in a variable that the build tool puts into the page.' },
] as const;
const ADVICE = 'Delete it in Coze’s console: everybody who opened the page has it. Take it out of the file; only the server may have one.';
