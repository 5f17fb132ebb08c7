/** What runs in a measured page. Functions for `addInitScript` and `waitForFunction`: they know nothing of this module. */

declare global {
  interface Window {
    benchmark: {
      longTasks: number[];
      layoutShift: number;
      clickedAt: number;
      enteredAt: number;
      /** The chat's document, wherever it is. */
      chat(): Document | undefined;
    };
  }
}

/** Before anything else in every document of the page. */
export function watch(): void {
  if (window !== window.top) return;
  const benchmark: Window['benchmark'] = {
    longTasks: [],
    layoutShift: 0,
    clickedAt: 0,
    enteredAt: 0,
    chat: () => {
      const element = document.querySelector('coze-chat');
      if (element === null) return document;
      return element.shadowRoot?.querySelector('iframe')?.contentDocument ?? undefined;
    },
  };
  window.benchmark = benchmark;
  new PerformanceObserver((list) => benchmark.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) benchmark.layoutShift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('click', () => (benchmark.clickedAt = performance.now()), true);
}

/** Asked in each frame: milliseconds since the click, once one can write. */
export function usableAfter(): number | undefined {
  const field = window.benchmark.chat()?.querySelector('textarea');
  if (!field || field.disabled || !field.checkVisibility({ checkVisibilityCSS: true })) return undefined;
  return field.ownerDocument.defaultView?.frameElement?.closest('[inert]') ? undefined : performance.now() - window.benchmark.clickedAt;
}

/** Asked in each frame: milliseconds since Enter, once a piece of the answer is there. */
export function answeredAfter(question: string): number | undefined {
  const text = window.benchmark.chat()?.body.innerText ?? '';
  return text.includes(`You said`) || text.split(question).length > 2 ? performance.now() - window.benchmark.enteredAt : undefined;
}
