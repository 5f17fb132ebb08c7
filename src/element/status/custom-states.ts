/** `:state(…)` selectors for a host's CSS, where the platform has them (happy-dom and older browsers do not). */
export interface CustomStates {
  /** Makes `state` the only one. */
  set(state: string): void;
}

export function customStates(element: HTMLElement): CustomStates {
  // eslint-disable-next-line browsers/supported-apis -- without it there are no states
  const states = 'attachInternals' in element ? element.attachInternals().states : undefined;
  return {
    set: (state) => {
      states?.clear();
      try {
        states?.add(state);
      } catch {
        // Chromium before 125 takes dashed names only: no host can select this one there.
      }
    },
  };
}
