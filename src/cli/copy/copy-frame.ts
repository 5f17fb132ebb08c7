/** Copies the chat frame's files to a folder that the website serves: bundlers leave them out, because our code only contains their URL. */
import { posix } from 'node:path';
import { fail, type Result, succeed } from '../../core/result.js';
import { countFiles } from '../count-files.js';
import { describeFileError } from '../file-error.js';

/** Side effects of the command, given as arguments so that tests can replace them. */
export interface CopyDeps {
  /** Copies everything in the package's `dist/frame/` into the folder, which is created if it does not exist. Resolves to the number of files. */
  readonly copyFrameTo: (folder: string) => Promise<number>;
}

/** @returns what to print */
export async function copyFrame(folder: string, { copyFrameTo }: CopyDeps): Promise<Result<string, string>> {
  try {
    const count = await copyFrameTo(folder);
    return succeed(`Copied ${countFiles(count)} to ${folder}. In the page: <coze-chat frame-src="${toUrl(folder)}" …>\n`);
  } catch (error) {
    const reason = describeFileError(error, 'the package is not complete, its folder dist/frame is missing');
    return fail(`Nothing could be copied to ${folder}: ${reason}.\n`);
  }
}

/** Names that tools give to a website's public folder; they are not part of a URL. */
const PUBLIC_FOLDERS = /^(?:.*\/)?(?:public|static|wwwroot)\//;

/** The most likely URL of the files on the website. */
function toUrl(folder: string): string {
  const path = posix.normalize(folder.replaceAll('\\', '/')).replace(/\/?$/, '/');
  const inPublic = path.replace(PUBLIC_FOLDERS, '');
  return `/${inPublic === path ? `${posix.basename(path)}/` : inPublic}`;
}
