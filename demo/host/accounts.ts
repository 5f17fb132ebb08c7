/** The two people who have an account on the demo website. */

export interface Account {
  readonly id: string;
  readonly name: string;
  /** Path of the account's picture on the host. */
  readonly avatar: string;
}

const avatarColours: Readonly<Record<string, string>> = { alice: '#a23b72', bob: '#1f5fa8' };

export const accounts: readonly Account[] = [
  { id: 'alice', name: 'Alice', avatar: '/avatars/alice.svg' },
  { id: 'bob', name: 'Bob', avatar: '/avatars/bob.svg' },
];

export const findAccount = (id: string): Account | undefined => accounts.find((account) => account.id === id);

/** Draws the account's picture: the first letter of the name on a disc in the account's colour. */
export function drawAvatar({ id, name }: Account): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <circle cx="32" cy="32" r="32" fill="${avatarColours[id] ?? '#4a5560'}"/>
  <text x="32" y="33" fill="#fff" font-family="system-ui,sans-serif" font-size="30" font-weight="600" text-anchor="middle" dominant-baseline="central">${name.slice(0, 1)}</text>
</svg>
`;
}
