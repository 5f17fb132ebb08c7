/** A button of the bar. */
import type { JSX } from 'react';
import { Icon, type IconName } from './icon.js';

export interface BarButtonProps {
  readonly icon: IconName;
  readonly name: string;
  readonly onPress: () => void;
  readonly isPressed?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Whether a request is running. */
  readonly isBusy?: boolean | undefined;
}

/** Uses `aria-disabled` instead of `disabled`, so that a disabled button keeps the focus. */
export function BarButton({ icon, name, onPress, isPressed, isDisabled = false, isBusy = false }: BarButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="bar__button"
      // use-toolbar.ts sets the tab stop.
      tabIndex={-1}
      aria-label={name}
      title={name}
      aria-pressed={isPressed}
      aria-disabled={isDisabled || isBusy}
      aria-busy={isBusy}
      onClick={() => {
        if (!isDisabled && !isBusy) onPress();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
