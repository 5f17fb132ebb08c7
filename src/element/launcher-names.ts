/**
 * What the launcher is called in other languages than English, before the language's own file comes with the rest of the chat. Loaded beside
 * the page for those who need it; a test compares it with the files.
 */
import { directionOf, type Language, languageOf } from '../locales/language.js';

export interface LauncherNames {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly openChat: string;
  readonly chat: string;
}

const names: Readonly<Record<Language, readonly [openChat: string, chat: string]>> = {
  en: ['Open chat', 'Chat'],
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

/** For a BCP 47 tag. */
export function launcherNames(tag: string): LauncherNames {
  const language = languageOf(tag);
  const [openChat, chat] = names[language];
  return { language, direction: directionOf(language), openChat, chat };
}
