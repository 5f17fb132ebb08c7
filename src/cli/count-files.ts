/** A number of files, for the terminal. */
export function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
