import '../../../../../../src/frame/platform/taro/base.css';
import { previewImage } from '@tarojs/taro';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { find } from '../components/render.js';

const urls = ['red', 'green', 'blue'].map((fill) =>
  URL.createObjectURL(
    new Blob([`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="${fill}" d="M0 0h9v9z"/></svg>`], {
      type: 'image/svg+xml',
    }),
  ),
);
const dialog = (): HTMLDialogElement | null => document.querySelector('dialog');
const image = (): HTMLImageElement => find(document, 'dialog img');
const press = (label: string): Promise<void> => userEvent.click(find(document, `[aria-label="${label}"]`));
const closed = (): Promise<void> => vi.waitFor(() => expect(dialog()).toBeNull());

let opener: HTMLButtonElement;
beforeEach(() => {
  opener = document.createElement('button');
  opener.textContent = 'open';
  document.body.append(opener);
  opener.focus();
});
afterEach(() => {
  dialog()?.remove();
  opener.remove();
  document.documentElement.dir = '';
});

test('previewImage() shows the requested picture in a modal dialog that has a name and fills the frame', async () => {
  await previewImage({ urls, current: urls[1] });
  expect([image().src, image().alt]).toEqual([urls[1], 'Picture 2 of 3']);
  expect([dialog()?.matches(':modal'), dialog()?.ariaLabel]).toEqual([true, 'Picture']);
  expect(dialog()?.getBoundingClientRect()).toMatchObject({ width: innerWidth, height: innerHeight });
  expect(dialog()?.contains(document.activeElement)).toBe(true);
});

test('A double click opens only one dialog', async () => {
  await Promise.all([previewImage({ urls, current: urls[1] }), previewImage({ urls, current: urls[1] })]);
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
  await userEvent.keyboard('{Escape}');
  await closed();
});

test('Buttons and arrow keys show the next and the previous picture, and continue at the other end', async () => {
  await previewImage({ urls });
  await press('Next picture');
  expect(image().src).toBe(urls[1]);
  await userEvent.keyboard('{ArrowRight}');
  expect(image().src).toBe(urls[2]);
  await userEvent.keyboard('{ArrowRight}');
  expect(image().src).toBe(urls[0]);
  await press('Previous picture');
  expect(image().src).toBe(urls[2]);
});

test('The left arrow key shows the next picture in a document from right to left', async () => {
  document.documentElement.dir = 'rtl';
  await previewImage({ urls });
  await userEvent.keyboard('{ArrowLeft}');
  expect(image().src).toBe(urls[1]);
});

test('A single picture has no buttons for other pictures', async () => {
  await previewImage({ urls: urls.slice(0, 1), current: 'unknown' });
  expect([image().src, image().alt]).toEqual([urls[0], 'Picture']);
  expect(document.querySelectorAll('dialog button')).toHaveLength(1);
});

test('Escape closes the dialog, restores the focus, and reaches no listener of the document', async () => {
  const handleKeyDown = vi.fn();
  document.addEventListener('keydown', handleKeyDown);
  await previewImage({ urls });
  await userEvent.keyboard('{Escape}');
  await closed();
  expect(document.activeElement).toBe(opener);
  expect(handleKeyDown).not.toHaveBeenCalled();
  document.removeEventListener('keydown', handleKeyDown);
});

test('The Close button and a click on the picture close the dialog', async () => {
  await previewImage({ urls });
  await press('Close');
  await closed();

  await previewImage({ urls });
  await userEvent.click(image());
  await closed();
});
