import type { ChatStrings } from '../../locales/translations/en.js';

export type DefaultStrings = Pick<ChatStrings, 'openChat' | 'chat' | 'starting' | 'unreachable' | 'retry'>;

/** Strings of the element before a chat is loaded. Few, because every page view loads them; `launcher-strings.ts` has other languages. */
export const defaultStrings: DefaultStrings = {
  openChat: 'Open chat',
  chat: 'Chat',
  starting: 'Starting the chat…',
  unreachable: 'The chat cannot be reached',
  retry: 'Try again',
};
