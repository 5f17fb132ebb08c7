/** Error codes of the Coze API (https://www.coze.cn/open/docs/developer_guides/coze_error_codes) and the string that a visitor reads. */
import type { ChatStrings } from '../../../locales/translations/en.js';

const STRING_KEYS_BY_CODE = {
  401: 'errorConnection',
  1001: 'nothingHeard',
  4002: 'conversationGone',
  4006: 'errorUnavailable',
  4008: 'errorQuota',
  4009: 'errorBusy',
  4010: 'errorTooLong',
  4011: 'errorQuota',
  4013: 'errorBusy',
  4014: 'errorUnanswerable',
  4015: 'errorUnavailable',
  4016: 'errorStillAnswering',
  4019: 'errorQuota',
  4020: 'errorBusy',
  4022: 'errorQuota',
  4027: 'errorQuota',
  4028: 'errorQuota',
  4102: 'errorUnanswerable',
  4105: 'errorUnanswerable',
  4100: 'errorConnection',
  4101: 'errorConnection',
  4200: 'errorUnavailable',
  700012006: 'errorConnection',
  4300: 'errorFile',
  4301: 'errorFile',
  4302: 'errorFileTooLarge',
  4303: 'errorFile',
  4304: 'errorFile',
  788788103: 'errorQuota',
} as const satisfies Readonly<Record<number, keyof ChatStrings>>;

export type ErrorStringKey = (typeof STRING_KEYS_BY_CODE)[keyof typeof STRING_KEYS_BY_CODE];

/** Returns the key of the string; `undefined` if none fits. */
export function errorStringKey(code: number | string): ErrorStringKey | undefined {
  return (STRING_KEYS_BY_CODE as Readonly<Record<string, ErrorStringKey | undefined>>)[code];
}
