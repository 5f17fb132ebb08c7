/** Addresses below the mount of `createCozeChat`. */

interface Addresses {
  readonly mount?: unknown;
  readonly tokenEndpoint?: unknown;
}

/** The page's own token endpoint, else that of the mount. `''` without either. */
export function findTokenEndpoint(input: Addresses): string {
  return input.tokenEndpoint ? String(input.tokenEndpoint) : belowMount(input, 'token');
}

/** The URL of `name` below the mount; `''` without a mount. */
export function belowMount({ mount }: Addresses, name: string): string {
  return mount ? String(mount).replace(/\/?$/, `/${name}`) : '';
}
