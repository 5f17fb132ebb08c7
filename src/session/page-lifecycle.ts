/** Observes when the page becomes visible or hidden, gets or loses the focus, is online, is left, or returns from the back-forward cache. */
import type { Timers } from '../core/clock.js';

export interface PageLifecycle {
  /** `false` while the page is hidden, prerendered or left. */
  isVisible(): boolean;
  isOnline(): boolean;
  /** The window of the chat's frame got or lost the focus. */
  handleFrameFocus(hasFocus: boolean): void;
  /** Stops listening. */
  stop(): void;
}

export interface PageLifecycleListener {
  /** The page became visible (visibilitychange, prerender activation, bfcache). Identity may have changed, timers were throttled. */
  readonly onVisible: () => void;
  /** The page or the chat's frame got the focus, possibly one from the other. */
  readonly onFocus: () => void;
  /** The window has lost the focus, or the page is hidden. The next person at the window may be another visitor. */
  readonly onAbsence: () => void;
  /** The network is back while the page is visible. */
  readonly onOnline: () => void;
  /**
   * The page is being left. The back-forward cache may show it again unchanged before any script runs, so that content that must not be seen
   * then has to be removed now.
   */
  readonly onPageHide: () => void;
}

/** https://wicg.github.io/nav-speculation/prerendering.html */
type PrerenderableDocument = Document & { readonly prerendering?: boolean };

export function observePage(
  { onVisible, onFocus, onAbsence, onOnline, onPageHide }: PageLifecycleListener,
  window: Window,
  timers: Timers,
): PageLifecycle {
  const { navigator } = window;
  const document: PrerenderableDocument = window.document;
  const listening = new AbortController();
  const { signal } = listening;
  let isLeft = false;

  // Visitors' content such as `<img name="visibilityState">` takes the place of a property. The page then counts as visible, so that its visitor is verified.
  const isVisible = (): boolean => !isLeft && document.visibilityState !== 'hidden' && document.prerendering !== true;
  const whileVisible = (listener: () => void) => (): void => {
    if (isVisible()) listener();
  };
  const handleVisible = whileVisible(onVisible);
  const handleVisibility = (): void => (isVisible() ? onVisible() : onAbsence());
  const handleFocus = whileVisible(onFocus);
  // The focus may move between page and frame. Only after the event does `hasFocus()` say whether the window has lost it.
  const handleBlur = (): void => void timers.set(() => hasFocus(document) || onAbsence(), 0);
  const handlePageHide = (): void => {
    isLeft = true;
    onPageHide();
  };
  const handlePageShow = (): void => {
    isLeft = false;
    handleVisible();
  };

  document.addEventListener('visibilitychange', handleVisibility, { signal });
  document.addEventListener('prerenderingchange', handleVisible, { signal });
  window.addEventListener('focus', handleFocus, { signal });
  window.addEventListener('blur', handleBlur, { signal });
  window.addEventListener('online', whileVisible(onOnline), { signal });
  window.addEventListener('pagehide', handlePageHide, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && handlePageShow(), { signal });

  return {
    isVisible,
    isOnline: () => navigator.onLine,
    handleFrameFocus: (hasFocus) => (hasFocus ? handleFocus() : handleBlur()),
    stop: () => listening.abort(),
  };
}

/** `false` if visitors' content has taken the place of the method. */
function hasFocus(document: Document): boolean {
  try {
    return document.hasFocus();
  } catch {
    return false;
  }
}
