/** Checks before an upload which files are accepted. */
import { isUploadable } from '../../../../core/uploadable-file.js';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import { formatSize } from './format-size.js';

/** The limit of Coze's own client. */
export const MAX_FILES = 6;
const MAX_BYTES = 512 * 1024 * 1024;

export interface Admission {
  readonly admitted: readonly File[];
  /** One sentence for each refused file. */
  readonly refusals: readonly string[];
}

/** Divides `files` into admitted and refused ones. `count`: number of files that are already in the list. */
export function admit(files: readonly File[], count: number, strings: ChatStrings): Admission {
  const admitted: File[] = [];
  const refusals: string[] = [];
  for (const file of files) {
    const reason = findReason(file, strings);
    if (reason !== undefined) refusals.push(reason);
    else if (count + admitted.length < MAX_FILES) admitted.push(file);
    else refusals.push(`${file.name}: ${strings.fileLimit.replace('{count}', String(MAX_FILES))}`);
  }
  return { admitted, refusals };
}

function findReason({ name, size, type }: File, strings: ChatStrings): string | undefined {
  if (size === 0) return `${name} (${formatSize(size)}): ${strings.errorFile}`;
  if (size > MAX_BYTES) return `${name} (${formatSize(size)} > ${formatSize(MAX_BYTES)}): ${strings.errorFileTooLarge}`;
  return isUploadable(name, type) ? undefined : `${name}: ${strings.errorFile}`;
}
