/** The SDK's styles are CSS modules: the build makes `_table-row_x1y2z_9` of `table-row`. */

const generated = /(?:^|\s)_([\w-]+)_[\w-]{5}_\d+(?!\S)/g;

/** The names in `className` as the SDK's style sheets have them. */
export function localNames(className = ''): readonly string[] {
  return Array.from(className.matchAll(generated), ([, name = '']) => name);
}
