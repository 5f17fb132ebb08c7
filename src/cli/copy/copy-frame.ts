/** Copies the chat frame's files to a folder that the website serves: bundlers leave them out, because our code only contains their URL. */
import { posix } from 'node:path';
import { fail, type Result, succeed } from '../../core/result.js';

/** Side effects of the command, given as arguments so that tests can replace them. */
export interface CopyDeps {
  /** Copies everything in the package's `dist/frame/` into the folder, which is created if it does not exist. Resolves to the number of files. */
  readonly copyFrameTo: (folder: string) => Promise<number>;
}

/** @returns what to print */
export async function copyFrame(folder: string, { copyFrameTo }: CopyDeps): Promise<Result<string, string>> {
  try {
    const count = await copyFrameTo(folder);
    return succeed(`Copied ${count} files to ${folder}. In the page: <coze-chat frame-src="${toUrl(folder)}" …>\n`);
  } catch (error) {
    return fail(`Nothing could be copied to ${folder}: ${toReason(error)}.\n`);
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

function toReason(error: unknown): string {
  switch (error instanceof Error && 'code' in error && error.code) {
    case 'ENOENT':
      return 'the package is not complete, its folder dist/frame is missing';
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ERR_FS_CP_DIR_TO_NON_DIR':
      return 'a file is in the way';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'it may not be written to';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return 'the system refused';
  }
}
