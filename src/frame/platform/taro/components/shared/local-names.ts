/** The SDK's styles are CSS modules: the build turns `table-row` into `_table-row_2a`. */

const generated = /(?:^|\s)_([\w-]+)_[a-z\d]{1,2}(?!\S)/g;

/** The names in `className` as written in the SDK's style sheets. */
export function localNames(className = ''): readonly string[] {
  return Array.from(className.matchAll(generated), ([, name = '']) => name);
}
