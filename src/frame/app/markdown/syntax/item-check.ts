import type { ListItem } from 'mdast';

/** Whether the box of a list item is ticked, be it GFM's `[x]` or the SDK's `(x)`; `undefined` if the item has no box. */
export function isItemChecked({ checked, data }: ListItem): boolean | undefined {
  return (data?.radio === true ? data.checked : checked) ?? undefined;
}
