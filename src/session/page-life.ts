/** When the page is looked at, online, or back from the back-forward cache. */

export interface PageLife {
  isVisible(): boolean;
  isOnline(): boolean;
  /** Stops listening. */
  stop(): void;
}

export interface PageLifeListener {
  /** Something may have passed unnoticed: the page became visible, the network came back. */
  readonly onWake: () => void;
  /** The page was taken out of the back-forward cache, with whatever it showed when it was left. */
  readonly onRestore: () => void;
}

export function watchPage({ onWake, onRestore }: PageLifeListener, window: Window): PageLife {
  const { document, navigator } = window;
  const listening = new AbortController();
  const { signal } = listening;
  const isVisible = (): boolean => document.visibilityState === 'visible';

  document.addEventListener('visibilitychange', () => isVisible() && onWake(), { signal });
  window.addEventListener('online', onWake, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && onRestore(), { signal });

  return { isVisible, isOnline: () => navigator.onLine, stop: () => listening.abort() };
}
