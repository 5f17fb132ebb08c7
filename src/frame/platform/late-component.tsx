import { type ComponentType, type JSX, useLayoutEffect, useReducer } from 'react';
import { retryWhenOnline } from './retry-when-online.js';

export interface LateComponent<Props> {
  (props: Props): JSX.Element;
  /** Has it shown without its placeholder, as soon as its code is there. Never rejects. */
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
 * A component whose code is loaded when it is first shown. React's `lazy` for one that needs no boundary around it: Preact's would be 700 B
 * more for every visitor.
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
    // Not an effect after the next frame: what is there by then is shown in this one.
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
