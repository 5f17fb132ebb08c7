/** `:state(…)` selectors for a host's CSS, where the platform supports them (happy-dom and older browsers do not). */
export interface CustomStates {
  /** Replaces all states by `state`. */
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
        // Chromium before 125 accepts only dashed names: there this state cannot be selected.
      }
    },
  };
}
