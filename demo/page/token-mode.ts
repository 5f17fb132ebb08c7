import type {} from '../../src/events.js';

/** What this page uses of `<coze-chat>`. The element itself comes from the built package, as on any customer's page. */

export interface ChatElement extends HTMLElement {
  refreshToken(): unknown;
  reload(): unknown;
  signOut(): unknown;
}

/** With isolated tokens each visitor's token carries their identity; the shared one carries nobody's. */
export type TokenMode = 'isolated' | 'shared';

export const tokenEndpointOf = (side: string, mode: TokenMode): string =>
  `/visitors/${side}/api/coze/${mode === 'shared' ? 'shared-token' : 'token'}`;
