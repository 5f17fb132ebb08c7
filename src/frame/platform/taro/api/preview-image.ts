/** Taro's picture viewer, whose code is loaded with the first picture. */
import type Taro from '@tarojs/taro';
import { loadChunk } from '../../load-chunk.js';
import { getStrings } from '../strings.js';
import { withTaroCallbacks } from './with-taro-callbacks.js';

interface PreviewOption extends Taro.previewImage.Option {
  /** Shown in place of the only URL: a picture that cannot be loaded again. */
  readonly drawn?: HTMLCanvasElement | undefined;
}

/** Opens the viewer at `current` (a URL of the list, or an index). */
export function previewImage(options: PreviewOption): Promise<TaroGeneral.CallbackResult> {
  return withTaroCallbacks('previewImage', options, async () => {
    const { openViewer } = await loadChunk('picture-viewer', () => import('../picture-viewer.js'));
    const { urls, current, drawn } = options;
    openViewer({ urls, first: Math.max(0, typeof current === 'string' ? urls.indexOf(current) : (current ?? 0)), drawn }, getStrings());
    return {};
  });
}
