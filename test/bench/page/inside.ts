/** Functions that run in a measured page, for `addInitScript` and `waitForFunction`: they cannot use anything else from this module. */

declare global {
  interface Window {
    benchmark: {
      longTasks: number[];
      layoutShift: number;
      /** Time of the last click or Enter, in whichever frame. */
      pressedAt: number;
      /** The page's documents and open shadow roots that contain `selector`, in all frames. */
      rootsWith(selector: string): (Document | ShadowRoot)[];
    };
  }
}

/** Runs first in every document of the page. */
export function watch(): void {
  const { top } = window;
  if (top === null) return;
  const noteTime = (): void => void (top.benchmark.pressedAt = top.performance.now());
  addEventListener('click', noteTime, true);
  addEventListener('keydown', ({ key }) => key === 'Enter' && noteTime(), true);
  if (window !== top) return;
  const rootsIn = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => {
    const hosts = [...root.querySelectorAll('*')].flatMap((element) => {
      const inner = element instanceof HTMLIFrameElement ? element.contentDocument : element.shadowRoot;
      return inner ? rootsIn(inner) : [];
    });
    return [root, ...hosts];
  };
  const benchmark: Window['benchmark'] = {
    longTasks: [],
    layoutShift: 0,
    pressedAt: 0,
    rootsWith: (selector) => rootsIn(document).filter((root) => root.querySelector(selector) !== null),
  };
  window.benchmark = benchmark;
  new PerformanceObserver((list) => benchmark.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) benchmark.layoutShift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Called in each frame: milliseconds from the click until the visitor can write. */
export function usableAfter(fieldSelector: string): number | undefined {
  for (const root of window.benchmark.rootsWith(fieldSelector)) {
    const field = root.querySelector<HTMLTextAreaElement>(fieldSelector);
    if (!field || field.disabled || !field.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const around = 'host' in root ? root.host : root.defaultView?.frameElement;
    if (!around?.closest('[inert]')) return performance.now() - window.benchmark.pressedAt;
  }
  return undefined;
}

/** Called in each frame: milliseconds from sending until a part of the answer is visible. */
export function answeredAfter(answer: string): number | undefined {
  const strings = window.benchmark.rootsWith('*').map((root) => ('host' in root ? root : root.body).textContent);
  return strings.some((text) => text?.includes(answer)) ? performance.now() - window.benchmark.pressedAt : undefined;
}
