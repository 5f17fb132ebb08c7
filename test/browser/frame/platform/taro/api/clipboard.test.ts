import '../../../../../../src/frame/platform/taro/base.css';
import Taro, { setClipboardData } from '@tarojs/taro';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setStrings } from '../../../../../../src/frame/platform/taro/strings.js';
import { strings as en } from '../../../../../../src/locales/translations/en.js';
import { strings as zhCN } from '../../../../../../src/locales/translations/zh-CN.js';

beforeEach(() => setStrings(en));
afterEach(() => document.querySelector('.ccf-toast')?.remove());

/** What `execCommand('copy')` would write to the clipboard. */
function watchCopies(): string[] {
  const copied: string[] = [];
  vi.spyOn(document, 'execCommand').mockImplementation(() => copied.push(String(document.getSelection())) > 0);
  return copied;
}

test('setClipboardData() copies without the clipboard permission, shows a message and removes its helper element', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText');
  const copied = watchCopies();
  const handleSuccess = vi.fn();
  setStrings(zhCN);

  await setClipboardData({ data: 'line 1\nline 2', success: handleSuccess });

  expect(copied).toEqual(['line 1\nline 2']);
  expect(writeText).not.toHaveBeenCalled();
  expect(handleSuccess).toHaveBeenCalledWith({ errMsg: 'setClipboardData:ok' });
  expect(document.querySelector('.ccf-copy-source')).toBeNull();
  await vi.waitFor(() => expect(document.querySelector('.ccf-toast')?.textContent).toBe('已复制'));
});

test('setClipboardData() keeps the focus and the selection of a field', async () => {
  watchCopies();
  const field = document.createElement('input');
  field.value = 'draft';
  document.body.append(field);
  field.focus();
  field.setSelectionRange(1, 3);

  await setClipboardData({ data: 'other' });

  expect([document.activeElement, field.selectionStart, field.selectionEnd]).toEqual([field, 1, 3]);
  field.remove();
});

test('setClipboardData() uses the Clipboard API if the copy command fails, and calls fail if that fails, too', async () => {
  vi.spyOn(document, 'execCommand').mockReturnValue(false);
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce().mockRejectedValueOnce(new Error('denied'));
  const handleFail = vi.fn();

  await Taro.setClipboardData({ data: 'text' });
  expect(writeText).toHaveBeenCalledWith('text');
  await Taro.setClipboardData({ data: 'text', fail: handleFail });
  expect(handleFail).toHaveBeenCalledWith({ errMsg: 'setClipboardData:fail denied' });
});
