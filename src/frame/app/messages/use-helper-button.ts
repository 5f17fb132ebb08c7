/**
 * Decides whether the button to the newest message is shown. Built in place of the SDK's `scroll-view/use-helper-button`
 * (src/build/sdk-source.ts), which shows it 500 px above the newest message: more than a screen in a small panel.
 */
import { useCallback, useState } from 'react';

/** Distance from the newest message at which the button appears: more than the last lines of an answer, so that the end is out of sight. */
const SHOW_BUTTON_ABOVE_PX = 120;

export interface HelperButton {
  readonly arrowDownVisible: boolean;
  readonly setArrowDownVisible: (isVisible: boolean) => void;
  readonly checkArrowDownVisible: (scrollTop: number) => void;
}

export function useHelperButton(isOffered: boolean | undefined): HelperButton {
  const [arrowDownVisible, setArrowDownVisible] = useState(false);
  const checkArrowDownVisible = useCallback(
    (scrollTop: number) => setArrowDownVisible(isOffered === true && Math.abs(scrollTop) > SHOW_BUTTON_ABOVE_PX),
    [isOffered],
  );
  return { arrowDownVisible, setArrowDownVisible, checkArrowDownVisible };
}
