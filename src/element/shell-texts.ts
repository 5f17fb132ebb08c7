/**
 * What the element says before the language's own file is there, which comes with the rest of the chat. Every page view pays for
 * these, so other languages than English have the names of a closed chat only; a test compares them with their files.
 */
import type { Language } from '../locales/language.js';
import type { ChatStrings } from '../locales/en.js';

export type ShellTexts = Pick<ChatStrings, 'openChat' | 'chat' | 'starting' | 'unreachable' | 'retry'>;

const english: ShellTexts = {
  openChat: 'Open chat',
  chat: 'Chat',
  starting: 'Starting the chat…',
  unreachable: 'The chat cannot be reached',
  retry: 'Try again',
};

const names: Readonly<Record<Exclude<Language, 'en'>, readonly [openChat: string, chat: string]>> = {
  'zh-CN': ['打开聊天', '聊天'],
  'zh-TW': ['開啟聊天', '聊天'],
  ja: ['チャットを開く', 'チャット'],
  ko: ['채팅 열기', '채팅'],
  es: ['Abrir el chat', 'Chat'],
  fr: ['Ouvrir le chat', 'Chat'],
  de: ['Chat öffnen', 'Chat'],
  'pt-BR': ['Abrir o chat', 'Chat'],
  ru: ['Открыть чат', 'Чат'],
  ar: ['فتح الدردشة', 'الدردشة'],
};

export function shellTexts(language: Language): ShellTexts {
  if (language === 'en') return english;
  const [openChat, chat] = names[language];
  // The loading view's text is for ears only; it follows with the file.
  return { ...english, openChat, chat, starting: '' };
}
