/** What lies below the mount of `createCozeChat`. */

interface Addresses {
  readonly mount?: unknown;
  readonly tokenEndpoint?: unknown;
}

/** As the page says it: the one that it names counts more than the mount's. `''` where it names neither. */
export function findTokenEndpoint(input: Addresses): string {
  return input.tokenEndpoint ? String(input.tokenEndpoint) : belowMount(input, 'token');
}

/** The URL of `name` there; `''` where the page names no mount. */
export function belowMount({ mount }: Addresses, name: string): string {
  return mount ? String(mount).replace(/\/?$/, `/${name}`) : '';
}
