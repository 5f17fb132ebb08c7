/** A button of the bar. */
import type { JSX } from 'react';
import { Icon, type IconName } from './icon.js';

export interface BarButtonProps {
  readonly icon: IconName;
  readonly name: string;
  readonly onPress: () => void;
  readonly isPressed?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Something is asked of the API. */
  readonly isBusy?: boolean | undefined;
}

/** Disabled it keeps the focus, and says that it is. */
export function BarButton({ icon, name, onPress, isPressed, isDisabled = false, isBusy = false }: BarButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="bar__button"
      // Which is the stop for the Tab key, use-toolbar.ts says.
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
