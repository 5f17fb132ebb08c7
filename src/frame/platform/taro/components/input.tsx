/** Taro's Input. */
import type { InputProps } from '@tarojs/components';
import { forwardRef, useImperativeHandle, useRef } from 'react';
import { fieldProps, useFocus } from './shared/field.js';
import { hostProps } from './shared/host-props.js';

/** A text `input`. The ref is the element. */
export const Input = forwardRef<HTMLInputElement, Omit<InputProps, 'ref'>>(function Input(props, ref) {
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => field.current as HTMLInputElement, []);
  useFocus(field, props.focus);

  return (
    <input
      {...hostProps(props, 'ccf-input')}
      {...fieldProps<HTMLInputElement>(props)}
      type={props.password ? 'password' : 'text'}
      autoFocus={props.autoFocus}
      ref={field}
    />
  );
});
