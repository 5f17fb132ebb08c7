/** What lies below the mount of `createCozeChat`. */

/** The URL of `name` there; `''` where the page names no mount. */
export function belowMount({ mount }: { readonly mount?: unknown }, name: string): string {
  return mount ? String(mount).replace(/\/?$/, `/${name}`) : '';
}
