import type { PageLanguage } from '../../site/page-language.js';
import { en, type PreviewStrings } from './en.js';
import { zhCN } from './zh-CN.js';

export const PREVIEW_STRINGS: Readonly<Record<PageLanguage, PreviewStrings>> = { en, 'zh-CN': zhCN };
