/** When the page is looked at, online, left, or back from the back-forward cache. */

export interface PageLifecycle {
  /** Not while it is hidden, rendered ahead of a visit, or left behind. */
  isVisible(): boolean;
  isOnline(): boolean;
  /** Stops listening. */
  stop(): void;
}

export interface PageLifecycleListener {
  /** The page became visible (visibilitychange, prerender activation, bfcache). Identity may have changed, timers were throttled. */
  readonly onVisible: () => void;
  /** The network is back, and the page is looked at. */
  readonly onOnline: () => void;
  /**
   * The page is being left. It may be shown again from the back-forward cache, just as it was and before any script runs: what must not
   * be seen then has to go now.
   */
  readonly onPageHide: () => void;
}

/** https://wicg.github.io/nav-speculation/prerendering.html */
type PrerenderableDocument = Document & { readonly prerendering?: boolean };

export function observePage({ onVisible, onOnline, onPageHide }: PageLifecycleListener, window: Window): PageLifecycle {
  const { navigator } = window;
  const document: PrerenderableDocument = window.document;
  const listening = new AbortController();
  const { signal } = listening;
  let isLeft = false;

  const isVisible = (): boolean => !isLeft && document.visibilityState === 'visible' && document.prerendering !== true;
  const whileVisible = (listener: () => void) => (): void => {
    if (isVisible()) listener();
  };
  const handleVisible = whileVisible(onVisible);
  const handlePageHide = (): void => {
    isLeft = true;
    onPageHide();
  };
  const handlePageShow = (): void => {
    isLeft = false;
    handleVisible();
  };

  document.addEventListener('visibilitychange', handleVisible, { signal });
  document.addEventListener('prerenderingchange', handleVisible, { signal });
  window.addEventListener('online', whileVisible(onOnline), { signal });
  window.addEventListener('pagehide', handlePageHide, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && handlePageShow(), { signal });

  return { isVisible, isOnline: () => navigator.onLine, stop: () => listening.abort() };
}
