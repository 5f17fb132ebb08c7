import { type ComponentType, type JSX, useLayoutEffect, useState } from 'react';

export interface LateComponent<Props> {
  (props: Props): JSX.Element;
  /** Has it shown without its placeholder, as soon as its code is there. Never rejects. */
  preload(): Promise<void>;
}

/**
 * A component whose code is loaded when it is first shown, with `Placeholder` until then. React's `lazy` for one that needs no boundary around it:
 * Preact's would be 700 B more for every visitor. `load` never rejects, and is asked once.
 */
export function lateComponent<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Placeholder: ComponentType<Props>,
): LateComponent<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const preload = (): Promise<void> => (loading ??= load().then((component) => void (Loaded = component)));

  function LateComponent(props: Props): JSX.Element {
    const [, setArrived] = useState(Loaded !== undefined);
    const Shown = Loaded ?? Placeholder;
    // Not an effect after the next frame: what is there by then is shown in this one.
    useLayoutEffect(() => {
      if (Shown === Placeholder) void preload().then(() => setArrived(true));
    }, []);
    return <Shown {...props} />;
  }

  return Object.assign(LateComponent, { preload });
}
