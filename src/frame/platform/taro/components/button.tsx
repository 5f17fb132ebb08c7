/** Taro's Button. */
import type { ButtonProps } from '@tarojs/components';
import type { FocusEvent, MouseEventHandler } from 'react';
import { forwardRef } from 'react';
import { hostProps } from './shared/host-props.js';

/**
 * A `button`; the ref is the element. The SDK uses it for "hold to talk", and treats that as ready while the chat's root (`tabindex="-1"`)
 * has the focus: Taro's button is not focusable, so a click focuses the root. A real button takes the focus itself, so its focus events are
 * also dispatched at the root.
 */
export const Button = forwardRef<HTMLButtonElement, Omit<ButtonProps, 'ref'>>(function Button(props, ref) {
  const { children, disabled, onClick } = props;
  return (
    <button
      type="button"
      {...hostProps(props, 'ccf-button')}
      disabled={disabled}
      // The SDK's handlers are typed for Taro's touch event, but only call `stopPropagation`.
      onClick={onClick as unknown as MouseEventHandler}
      onFocus={(event) => dispatchAtFocusableAncestor(event, 'focus')}
      onBlur={(event) => dispatchAtFocusableAncestor(event, 'blur')}
      ref={ref}
    >
      {children}
    </button>
  );
});

function dispatchAtFocusableAncestor({ currentTarget }: FocusEvent<HTMLElement>, type: 'focus' | 'blur'): void {
  currentTarget.parentElement?.closest('[tabindex]')?.dispatchEvent(new FocusEvent(type));
}
