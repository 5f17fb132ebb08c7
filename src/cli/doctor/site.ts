/**
 * Searches the files that a site serves to everybody for keys and long-lived tokens. What it finds is never repeated. Unread files do not
 * count as clean.
 */
import { countFiles } from '../count-files.js';
import { describePath, PERSONAL_TOKEN, PRIVATE_KEY } from '../secrets.js';
import type { DoctorDeps } from './deps.js';
import { type CheckResult, failed, ok, skipped, warning } from './finding.js';

const MAX_FILES = 50_000;
const MAX_NAMES = 5;

export async function checkSite(folder: string | undefined, { listFiles, readBinaryFile }: DoctorDeps): Promise<CheckResult> {
  if (folder === undefined) return skipped('Needs --site.');
  let names: readonly string[];
  try {
    names = await listFiles(folder, MAX_FILES + 1);
  } catch {
    return failed('The folder cannot be read.', 'Check the path after --site. Relative paths start where you run the command.');
  }
  if (names.length > MAX_FILES) return failed(`The folder has more than ${MAX_FILES} files.`, 'Name the folder that your site serves.');
  const found: string[] = [];
  const unread: string[] = [];
  for (const name of names) {
    const bytes = await readBinaryFile(`${folder}/${name}`).catch(() => undefined);
    if (bytes === undefined) unread.push(name);
    else if (hasSecret(bytes)) found.push(name);
  }
  const read = `In ${countFiles(names.length - unread.length)} there is no private key and no personal access token`;
  if (found.length === 0 && unread.length === 0) return ok(`${read}.`);
  if (found.length === 0) {
    return warning(`${read}; ${describeNames(unread)} could not be read.`, 'Run it as somebody who may read all that the web server may.');
  }
  return failed(
    `A private key or a personal access token is in ${found.length} of ${countFiles(names.length)}: ${describeNames(found)}. Everybody can read it.`,
    'Delete the key or the token in Coze first, then take it out of the folder. Only the server may have it.',
  );
}

/** Searches UTF-16 as well, in which every second byte is zero. */
function hasSecret(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
  return PRIVATE_KEY.test(text) || PERSONAL_TOKEN.test(text);
}

function describeNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(describePath);
  return [...shown, ...(names.length > MAX_NAMES ? ['…'] : [])].join(', ');
}
