import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';

/**
 * Selects from a store's state like `use-sync-external-store/shim/with-selector`: keeps the former selection while `isEqual` is true. Built
 * in place of that package (src/build/sdk-patches.ts), whose CommonJS keeps all of `preact/compat` in the bundle and which brings its own
 * hook for older versions of React.
 */
export function useSyncExternalStoreWithSelector<State, Selection>(
  subscribe: (onChange: () => void) => () => void,
  getState: () => State,
  _getServerState: unknown,
  selector: (state: State) => Selection,
  isEqual?: (one: Selection, other: Selection) => boolean,
): Selection {
  const shown = useRef<{ readonly selection: Selection }>();
  const getSelection = useMemo(() => {
    let last: { readonly state: State; readonly selection: Selection } | undefined;
    return (): Selection => {
      const state = getState();
      if (last !== undefined && Object.is(last.state, state)) return last.selection;
      const former = last ?? shown.current;
      const next = selector(state);
      const selection = former !== undefined && isEqual?.(former.selection, next) === true ? former.selection : next;
      last = { state, selection };
      return selection;
    };
  }, [getState, selector, isEqual]);
  const selection = useSyncExternalStore(subscribe, getSelection);
  useEffect(() => {
    shown.current = { selection };
  }, [selection]);
  return selection;
}
