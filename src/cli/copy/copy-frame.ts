/** Puts the chat frame's files where a website serves them from: bundlers leave them behind, because only their URL is in our code. */
import { posix } from 'node:path';
import { fail, type Result, succeed } from '../../core/result.js';

/** The disk as the command sees it, so that a test can play it. */
export interface CopyDeps {
  /** Everything in the package's `dist/frame/` goes into the folder, which is made if need be. Resolves with the number of files. */
  readonly copyFrameTo: (folder: string) => Promise<number>;
}

/** @returns what to tell whoever typed the command, or what is wrong */
export async function copyFrame(folder: string, { copyFrameTo }: CopyDeps): Promise<Result<string, string>> {
  try {
    const count = await copyFrameTo(folder);
    return succeed(`Copied ${count} files to ${folder}. In the page: <coze-chat frame-src="${toUrl(folder)}" …>\n`);
  } catch (error) {
    return fail(`Nothing could be copied to ${folder}: ${toReason(error)}.\n`);
  }
}

/** What a website's folder of public files is called, by the tool that serves it; its name is in no URL. */
const PUBLIC_FOLDERS = /^(?:.*\/)?(?:public|static|wwwroot)\//;

/** Where the files will most likely be on the website, below its root. */
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
