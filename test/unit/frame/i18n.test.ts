import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FrameLocale } from '../../../src/frame/contract.js';
import { I18n, stringsOf } from '../../../src/frame/inside/i18n.js';

const locales: readonly FrameLocale[] = ['en', 'zh-CN'];
const dictionary = readFileSync('node_modules/@coze/chat-sdk/dist/lib-source/src/libs/i18n/resource/simple/en.js', 'utf8');
/** What the SDK asks for outside of errors, which may fall back to "try again". */
const sdkKeys = [...dictionary.matchAll(/^ {4}(\w+):/gm)].map(([, key = '']) => key).filter((key) => !key.startsWith('miniChatError_'));

test.each(locales)('every text the pinned SDK asks for is there in %s', (locale) => {
  const { t } = new I18n(locale);
  expect(sdkKeys.length).toBeGreaterThan(30);
  expect(sdkKeys.filter((key) => t(key) === stringsOf(locale).errorTryAgain)).toEqual([]);
});

test('an error speaks of what the visitor can do, not of tokens or balances', () => {
  const { t } = new I18n('en');
  expect(t('miniChatError_4101', {}, 'The personal access token (PAT) is incorrect')).toBe('The connection was lost. Please try again.');
  expect(t('miniChatError_4028', {}, 'The balance of the owner is used up')).toBe('The assistant is not available at the moment.');
});

test('an error nobody knows says to try again, whatever the API wrote', () => {
  expect(new I18n('en').t('miniChatError_4999', {}, 'Internal failure of node 7')).toBe('Something went wrong. Please try again.');
});

test('an error without a code keeps the text of ours that the SDK chose for it', () => {
  const { t } = new I18n('en');
  expect(t('miniChatError_-1', {}, t('sendMessageUploadFailed'))).toBe('The file could not be uploaded');
});
