import { type ComponentType, type JSX, useEffect, useState } from 'react';

/**
 * A component whose code is loaded when it is first shown, with `Placeholder` until then. React's `lazy` for one that needs no boundary around it:
 * Preact's would be 700 B more for every visitor. `load` never rejects, and is asked once.
 */
export function lateComponent<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Placeholder: ComponentType<Props>,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;

  return function LateComponent(props: Props): JSX.Element {
    const [, setArrived] = useState(Loaded !== undefined);
    const Shown = Loaded ?? Placeholder;
    loading ??= load().then((component) => void (Loaded = component));
    useEffect(() => {
      if (Shown === Placeholder) void loading?.then(() => setArrived(true));
    }, []);
    return <Shown {...props} />;
  };
}
