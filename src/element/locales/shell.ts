/** What the element says before the rest of the chat is loaded, or when it cannot be. Few words, because every page view pays for them. */
import { pickLanguage } from './locale.js';

const en = {
  openChat: 'Open chat',
  closeChat: 'Close chat',
  chat: 'Chat',
  loading: 'Starting the chat…',
  unreachable: 'The chat cannot be reached',
  retry: 'Try again',
};

export type ShellTexts = Readonly<typeof en>;

const zhCN: ShellTexts = {
  openChat: '打开聊天',
  closeChat: '关闭聊天',
  chat: '聊天',
  loading: '正在启动聊天…',
  unreachable: '无法连接聊天服务',
  retry: '重试',
};

export function shellTexts(tag: string): ShellTexts {
  return pickLanguage(tag, { en, zhCN });
}
