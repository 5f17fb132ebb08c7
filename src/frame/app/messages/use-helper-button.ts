/**
 * Whether a visitor is offered the way down to the newest message. Built in place of the SDK's `scroll-view/use-helper-button`
 * (src/build/sdk-source.ts), which offers it 500 px above: in a small panel that is more than a screen.
 */
import { useCallback, useState } from 'react';

/** Further than an answer's last lines, which are all there is to see of it. */
const ABOVE_PX = 120;

export interface HelperButton {
  readonly arrowDownVisible: boolean;
  readonly setArrowDownVisible: (isVisible: boolean) => void;
  readonly checkArrowDownVisible: (scrollTop: number) => void;
}

export function useHelperButton(isOffered: boolean | undefined): HelperButton {
  const [arrowDownVisible, setArrowDownVisible] = useState(false);
  const checkArrowDownVisible = useCallback(
    (scrollTop: number) => setArrowDownVisible(isOffered === true && Math.abs(scrollTop) > ABOVE_PX),
    [isOffered],
  );
  return { arrowDownVisible, setArrowDownVisible, checkArrowDownVisible };
}
