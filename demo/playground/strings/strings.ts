import type { PageLanguage } from '../../site/page-language.js';
import { en, type PlaygroundStrings } from './en.js';
import { zhCN } from './zh-CN.js';

export const PLAYGROUND_STRINGS: Readonly<Record<PageLanguage, PlaygroundStrings>> = { en, 'zh-CN': zhCN };
