/** When the page is looked at, online, left, or back from the back-forward cache. */

export interface PageLife {
  /** Not while it is hidden, rendered ahead of a visit, or left behind. */
  isVisible(): boolean;
  isOnline(): boolean;
  /** Stops listening. */
  stop(): void;
}

export interface PageLifeListener {
  /** The page is looked at again, perhaps by somebody else, and something may have passed unnoticed. */
  readonly onLook: () => void;
  /** The network is back, and the page is looked at. */
  readonly onNetwork: () => void;
  /**
   * The page is being left. It may be shown again from the back-forward cache, just as it was and before any script runs: what must not
   * be seen then has to go now.
   */
  readonly onLeave: () => void;
}

/** https://wicg.github.io/nav-speculation/prerendering.html */
type PrerenderableDocument = Document & { readonly prerendering?: boolean };

export function watchPage({ onLook, onNetwork, onLeave }: PageLifeListener, window: Window): PageLife {
  const { navigator } = window;
  const document: PrerenderableDocument = window.document;
  const listening = new AbortController();
  const { signal } = listening;
  let isLeft = false;

  const isVisible = (): boolean => !isLeft && document.visibilityState === 'visible' && document.prerendering !== true;
  const whileVisible = (listener: () => void) => (): void => {
    if (isVisible()) listener();
  };
  const look = whileVisible(onLook);
  const leave = (): void => {
    isLeft = true;
    onLeave();
  };
  const comeBack = (): void => {
    isLeft = false;
    look();
  };

  document.addEventListener('visibilitychange', look, { signal });
  document.addEventListener('prerenderingchange', look, { signal });
  window.addEventListener('online', whileVisible(onNetwork), { signal });
  window.addEventListener('pagehide', leave, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && comeBack(), { signal });

  return { isVisible, isOnline: () => navigator.onLine, stop: () => listening.abort() };
}
