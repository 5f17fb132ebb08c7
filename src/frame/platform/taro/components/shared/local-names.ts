/** The SDK's styles are CSS modules: the build makes `_table-row_2a` of `table-row`. */

const generated = /(?:^|\s)_([\w-]+)_[a-z\d]{1,2}(?!\S)/g;

/** The names in `className` as the SDK's style sheets have them. */
export function localNames(className = ''): readonly string[] {
  return Array.from(className.matchAll(generated), ([, name = '']) => name);
}
