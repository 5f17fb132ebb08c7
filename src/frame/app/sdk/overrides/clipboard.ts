/**
 * Copies a message as rich text and as Markdown. Built in place of the SDK's `clipboard` (`build/sdk-source.ts`), which copies only the
 * Markdown.
 */
import Taro from '@tarojs/taro';
import { loadChunk } from '../../../platform/load-chunk.js';
import { loadMarkdown } from '../../markdown/load-markdown.js';

export interface CopyOptions {
  readonly data: string;
  /** `isUseWeb`: whether the caller has to show that the text was copied. */
  readonly success?: (isUseWeb: boolean) => void;
  readonly fail?: (error: unknown, isUseWeb: boolean) => void;
}

export async function setClipboardData({ data, success, fail }: CopyOptions): Promise<void> {
  try {
    // eslint-disable-next-line compat/compat, browsers/supported-apis -- Firefox has it since 127; before, the text alone is copied below
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': toBlob(data, 'text/plain'), 'text/html': toHtmlBlob(data) })]);
    success?.(true);
  } catch {
    // There is no secure context or no permission, or the clipboard takes only text.
    await Taro.setClipboardData({ data, success: () => success?.(false), fail: (error) => fail?.(error, false) });
  }
}

/** The promise is passed to the clipboard at once, because Safari accepts no write that begins after the click's task. */
async function toHtmlBlob(markdown: string): Promise<Blob> {
  const [{ parseWholeMarkdown }, { toHtml }] = await Promise.all([
    loadMarkdown(),
    loadChunk('to-html', () => import('../../markdown/render/to-html.js')),
  ]);
  const { children } = await parseWholeMarkdown(markdown);
  return toBlob(toHtml(children), 'text/html');
}

function toBlob(text: string, type: string): Blob {
  return new Blob([text], { type });
}
