/** Taro's toast: a short message that disappears by itself. */
import type Taro from '@tarojs/taro';
import { withTaroCallbacks } from './with-taro-callbacks.js';

const DEFAULT_DURATION_MS = 1500;
/** Screen readers announce a change in an existing live region, not a region that is added together with its text. */
const ANNOUNCE_AFTER_MS = 50;

/** Shows `title` for `duration` milliseconds, in place of a present toast. */
export function showToast(options: Taro.showToast.Option): Promise<TaroGeneral.CallbackResult> {
  return withTaroCallbacks('showToast', options, () => {
    const text = document.createElement('span');
    text.className = 'ccf-toast__text';
    text.textContent = options.title;

    const region = statusRegion();
    region.replaceChildren();
    setTimeout(() => region.replaceChildren(text), ANNOUNCE_AFTER_MS);
    setTimeout(() => text.remove(), ANNOUNCE_AFTER_MS + (options.duration ?? DEFAULT_DURATION_MS));
    return {};
  });
}

function statusRegion(): Element {
  const existing = document.querySelector('.ccf-toast');
  if (existing) return existing;
  const region = document.createElement('div');
  region.className = 'ccf-toast';
  region.setAttribute('role', 'status');
  document.body.append(region);
  return region;
}
