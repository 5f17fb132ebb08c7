/** Addresses below the mount of `createCozeChat`. */

interface Addresses {
  readonly mount?: unknown;
  readonly tokenEndpoint?: unknown;
}

/** Returns the page's own token endpoint, otherwise that of the mount; `''` without either. */
export function findTokenEndpoint(input: Addresses): string {
  return input.tokenEndpoint ? String(input.tokenEndpoint) : belowMount(input, 'token');
}

/** Returns the URL of `name` below the mount; `''` without a mount. */
export function belowMount({ mount }: Addresses, name: string): string {
  return mount ? String(mount).replace(/\/?$/, `/${name}`) : '';
}
