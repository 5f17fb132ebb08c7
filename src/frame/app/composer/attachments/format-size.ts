const UNITS = ['B', 'kB', 'MB', 'GB'];

/** Formats a size in powers of 1024, as in the messages. */
export function formatSize(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const size = bytes / 1024 ** power;
  return `${size.toFixed(power === 0 || size >= 100 ? 0 : 1)} ${UNITS[power]}`;
}
