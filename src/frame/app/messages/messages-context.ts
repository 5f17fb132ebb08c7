/** Settings and state that all messages of one chat share. */
import { createContext, useContext } from 'react';
import type { ChatOptions } from '../../../config/chat-options.js';
import type { Language } from '../../../locales/language.js';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { HostApi } from '../../contract.js';
import type { Quotes } from '../answers/quotes.js';
import type { SentShortcut } from '../answers/sent-shortcut.js';

export interface MessagesSettings {
  readonly strings: ChatStrings;
  readonly locale: Language;
  readonly host: HostApi;
  /** Announces `text` to screen readers. */
  readonly announce: (text: string) => void;
  readonly quotes: Quotes;
  readonly shortcut: SentShortcut;
  /** State that components which are loaded late keep for this chat, by name. */
  readonly chatState: Map<string, unknown>;
  /** The page's present options. */
  readonly options: ChatOptions;
}

export const MessagesContext = createContext<MessagesSettings | undefined>(undefined);

export function useMessages(): MessagesSettings {
  const settings = useContext(MessagesContext);
  if (settings === undefined) throw new TypeError('Messages are rendered outside of <Chat>.');
  return settings;
}
