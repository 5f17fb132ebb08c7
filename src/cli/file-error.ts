/**
 * Explains why a file could not be written, as the end of a sentence.
 *
 * @param missing the explanation for a path that does not exist
 */
export function describeFileError(error: unknown, missing = 'its folder is gone'): string {
  switch (error instanceof Error && 'code' in error && error.code) {
    case 'ENOENT':
      return missing;
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ERR_FS_CP_DIR_TO_NON_DIR':
      return 'a file is in the way';
    case 'EISDIR':
      return 'a folder is in the way';
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
