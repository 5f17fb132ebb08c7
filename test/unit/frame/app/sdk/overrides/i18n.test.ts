import { readFileSync } from 'node:fs';
import type { Language } from '@coze/chat-sdk';
import { beforeEach, expect, test, vi } from 'vitest';
import { I18n } from '../../../../../../src/frame/app/sdk/overrides/i18n.js';
import { setStrings } from '../../../../../../src/frame/platform/taro/strings.js';
import { strings as ar } from '../../../../../../src/locales/translations/ar.js';
import { strings as en } from '../../../../../../src/locales/translations/en.js';

beforeEach(() => {
  vi.stubGlobal('document', {});
  setStrings(en);
});

/** Importing the enum would import the whole SDK. */
const EN = 'en' as Language;
const DICTIONARY = readFileSync('node_modules/@coze/chat-sdk/dist/lib-source/src/libs/i18n/resource/simple/en.js', 'utf8');
/** The SDK's keys except errors, which may fall back to "try again". */
const sdkKeys = [...DICTIONARY.matchAll(/^ {4}(\w+):/gm)].map(([, key = '']) => key).filter((key) => !key.startsWith('miniChatError_'));

/** Keys of parts that src/build/sdk-source.ts replaces: file chooser, header, footer, copying, the list of messages, reading aloud. */
const REPLACED = [
  ...['chooseImage', 'chooseCamera', 'chooseImageError', 'defaultHeaderTitle', 'chatFooterTip'],
  ...['copyCode', 'copyText', 'copySuccess', 'clearContextDivide', 'playVoiceFail'],
];

test('Every string that the pinned SDK uses exists, except those for errors', () => {
  const { t } = new I18n(EN);
  expect(sdkKeys.length).toBeGreaterThan(30);
  expect(sdkKeys.filter((key) => t(key) === en.errorTryAgain).toSorted()).toEqual(REPLACED.toSorted());
});

test('The strings are those that the frame was given, whatever language the SDK asks for', () => {
  setStrings({ ...ar, submit: 'موافق' });
  const { t } = new I18n(EN);
  expect([t('retryBtn'), t('submit')]).toEqual([ar.retry, 'موافق']);
});

test('A countdown stands at its place in the sentence of the language', () => {
  const text = new I18n(EN).t('audioInputTooltipTick', { duration: 9 }) as unknown;
  expect(text).toEqual(['', 9, ' seconds until recording ends and is sent']);
});

test('The string for an error says what the visitor can do, and mentions no tokens or balances', () => {
  const { t } = new I18n(EN);
  expect(t('miniChatError_4101', {}, 'The personal access token (PAT) is incorrect')).toBe('The connection was lost. Please try again.');
  expect(t('miniChatError_4028', {}, 'The balance of the owner is used up')).toBe(en.errorQuota);
});

test('The string for an unknown error says to try again, whatever the API wrote', () => {
  expect(new I18n(EN).t('miniChatError_4999', {}, 'Internal failure of node 7')).toBe('Something went wrong. Please try again.');
});

test('An error without a code keeps our string that the SDK chose for it', () => {
  const { t } = new I18n(EN);
  expect(t('miniChatError_-1', {}, t('sendMessageUploadFailed'))).toBe('The file could not be uploaded');
});
