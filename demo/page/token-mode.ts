/** With isolated tokens each visitor's token carries their identity; the shared one carries nobody's. */
export type TokenMode = 'isolated' | 'shared';

export const tokenEndpointOf = (side: string, mode: TokenMode): string =>
  `/visitors/${side}/api/coze/${mode === 'shared' ? 'shared-token' : 'token'}`;
