import { type ComponentType, type JSX, useLayoutEffect, useReducer } from 'react';
import { retryWhenOnline } from './retry-when-online.js';

export interface LateComponent<Props> {
  (props: Props): JSX.Element;
  /** Loads the code in advance, so that the component is shown without its placeholder. Never rejects. */
  preload(): Promise<void>;
}

export interface LateComponentOptions<Props> {
  /** Loads the code; called again after it has rejected, once the connection is back. */
  readonly load: () => Promise<ComponentType<Props>>;
  /** Shown while the code loads. */
  readonly Placeholder: ComponentType<Props>;
  /** Shown if the code could not be loaded. */
  readonly Fallback: ComponentType<Props>;
}

/**
 * Creates a component whose code is loaded when it is first shown. Unlike React's `lazy`, it needs no `Suspense` around it: Preact's would add 700 B
 * for every visitor.
 */
export function lateComponent<Props extends object>({ load, Placeholder, Fallback }: LateComponentOptions<Props>): LateComponent<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const preload = (): Promise<void> =>
    (loading ??= load().then(
      (component) => void (Loaded = component),
      () => void (loading = undefined),
    ));

  function LateComponent(props: Props): JSX.Element {
    const [attempts, countAttempt] = useReducer((count: number) => count + 1, 0);
    const Shown = Loaded ?? (attempts === 0 ? Placeholder : Fallback);
    // A layout effect: code that arrives before the next frame is shown in that frame. A later effect would show it after the frame.
    useLayoutEffect(() => {
      if (Shown === Loaded) return undefined;
      return retryWhenOnline(() =>
        preload().then(() => {
          countAttempt();
          return Loaded === undefined ? 'failed' : 'succeeded';
        }),
      );
    }, []);
    return <Shown {...props} />;
  }

  return Object.assign(LateComponent, { preload });
}
