/**
 * Names of the launcher and of the teaser's button in languages other than English, used until the language's strings are loaded with the
 * chat. Loaded only for those languages; a test compares them with the strings.
 */
import { getDirection, type Language, toLanguage } from '../../locales/language.js';

export interface LauncherStrings {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly openChat: string;
  readonly chat: string;
  readonly dismissTeaser: string;
}

const names: Readonly<Record<Language, readonly [openChat: string, chat: string, dismissTeaser: string]>> = {
  en: ['Open chat', 'Chat', 'Dismiss this message'],
  'zh-CN': ['打开聊天', '聊天', '关闭此消息'],
  'zh-TW': ['開啟聊天', '聊天', '關閉此訊息'],
  ja: ['チャットを開く', 'チャット', 'このメッセージを閉じる'],
  ko: ['채팅 열기', '채팅', '이 메시지 닫기'],
  es: ['Abrir el chat', 'Chat', 'Cerrar este mensaje'],
  fr: ['Ouvrir le chat', 'Chat', 'Fermer ce message'],
  de: ['Chat öffnen', 'Chat', 'Diese Nachricht schließen'],
  'pt-BR': ['Abrir o chat', 'Chat', 'Fechar esta mensagem'],
  ru: ['Открыть чат', 'Чат', 'Закрыть это сообщение'],
  ar: ['فتح الدردشة', 'الدردشة', 'إغلاق هذه الرسالة'],
};

/** Returns the strings for a BCP 47 tag. */
export function getLauncherStrings(tag: string): LauncherStrings {
  const language = toLanguage(tag);
  const [openChat, chat, dismissTeaser] = names[language];
  return { language, direction: getDirection(language), openChat, chat, dismissTeaser };
}
