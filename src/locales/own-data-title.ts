/** Name of the buttons that open the visitor's own data, and title above it. */
import type { Language } from './language.js';

export const ownDataTitle: Readonly<Record<Language, string>> = {
  en: 'Your data',
  'zh-CN': '您的数据',
  'zh-TW': '您的資料',
  ja: 'あなたのデータ',
  ko: '내 데이터',
  es: 'Tus datos',
  fr: 'Vos données',
  de: 'Ihre Daten',
  'pt-BR': 'Seus dados',
  ru: 'Ваши данные',
  ar: 'بياناتك',
};
