import type { ChatStrings } from '../../locales/translations/en.js';

export type DefaultStrings = Pick<ChatStrings, 'openChat' | 'chat' | 'starting' | 'unreachable' | 'retry'>;

/** What the element says on its own. Few words, because every page view pays for them; `launcher-names.ts` has those of other languages. */
export const defaultStrings: DefaultStrings = {
  openChat: 'Open chat',
  chat: 'Chat',
  starting: 'Starting the chat…',
  unreachable: 'The chat cannot be reached',
  retry: 'Try again',
};
