import '../../../../../../src/frame/platform/taro/base.css';
import { chooseImage } from '@tarojs/taro';
import { afterEach, expect, test, vi } from 'vitest';
import { find } from '../components/render.js';

afterEach(() => document.querySelector('.ccf-file-input')?.remove());

/** Replaces the real dialog, and answers for it. */
const openDialog = (): { readonly input: HTMLInputElement; readonly click: unknown } => ({
  input: find(document, 'input[type="file"]'),
  click: vi.mocked(HTMLInputElement.prototype.click).mock.lastCall,
});

function choose(input: HTMLInputElement, ...files: File[]): void {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
}

test('chooseImage() opens the file dialog for pictures, and returns the chosen ones up to the count', async () => {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockReturnValue();
  const chosen = chooseImage({ count: 2 });
  const { input, click } = openDialog();
  expect([click, input.accept, input.multiple, input.getAttribute('capture')]).toEqual([[], 'image/*', true, null]);

  choose(input, ...['a', 'b', 'c'].map((name) => new File([name], `${name}.png`, { type: 'image/png' })));
  const { tempFiles, tempFilePaths, errMsg } = await chosen;

  expect(tempFiles.map(({ size, type }) => [size, type])).toEqual([
    [1, 'image/png'],
    [1, 'image/png'],
  ]);
  expect(await (await fetch(tempFilePaths[0] ?? '')).text()).toBe('a');
  expect(errMsg).toBe('chooseImage:ok');
  expect(document.querySelector('input[type="file"]')).toBeNull();
});

test('chooseImage() asks for the camera if the camera is the only source', () => {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockReturnValue();
  void chooseImage({ sourceType: ['camera'] });
  expect([openDialog().input.getAttribute('capture'), openDialog().input.multiple]).toEqual(['environment', false]);
});

test('chooseImage() fails with cancel if the dialog is closed without a choice', async () => {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockReturnValue();
  const chosen = chooseImage({});
  openDialog().input.dispatchEvent(new Event('cancel'));
  await expect(chosen).rejects.toEqual({ errMsg: 'chooseImage:fail cancel' });
  expect(document.querySelector('input[type="file"]')).toBeNull();
});
