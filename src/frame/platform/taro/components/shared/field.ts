/** Shared by Textarea and Input. */
import type { TextareaProps } from '@tarojs/components';
import type { ChangeEvent, FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useLayoutEffect } from 'react';
import { isInputMethodKey } from '../../../../../core/values/input-method.js';
import { taroEvent } from './taro-event.js';

type FieldElement = HTMLInputElement | HTMLTextAreaElement;
/** As declared by Textarea; Input's types fit. */
type TaroFieldProps = Pick<
  TextareaProps,
  | 'value'
  | 'defaultValue'
  | 'placeholder'
  | 'disabled'
  | 'maxlength'
  | 'name'
  | 'controlled'
  | 'onInput'
  | 'onFocus'
  | 'onBlur'
  | 'onConfirm'
>;

/** Attributes and listeners of the field, the latter with Taro's `detail`. Browsers do not report the height of the keyboard: it is 0. */
export function fieldProps<Element extends FieldElement>(props: TaroFieldProps) {
  const { value, defaultValue, placeholder, disabled, maxlength, name, controlled, onInput, onFocus, onBlur, onConfirm } = props;
  return {
    ...(controlled || value !== undefined ? { value: value ?? '' } : { defaultValue }),
    placeholder,
    'aria-label': placeholder,
    disabled,
    name,
    maxLength: maxlength === undefined || maxlength < 0 ? undefined : maxlength,
    onChange: (event: ChangeEvent<Element>) => onInput?.(taroEvent(event, { ...fieldDetail(event.currentTarget), keyCode: 0 })),
    onFocus: (event: FocusEvent<Element>) => onFocus?.(taroEvent(event, { ...fieldDetail(event.currentTarget), height: 0 })),
    onBlur: (event: FocusEvent<Element>) => onBlur?.(taroEvent(event, fieldDetail(event.currentTarget))),
    onKeyDownCapture: normalizeEnter,
    onKeyDown: (event: KeyboardEvent<Element>) => {
      if (event.key === 'Enter' && !event.shiftKey) onConfirm?.(taroEvent(event, { value: event.currentTarget.value }));
    },
  };
}

/**
 * Focuses the field when `focus` becomes true. When it becomes false nothing happens: the SDK removes the focus itself. In a layout effect:
 * `focus` also becomes true because the visitor has focused the field, and a later effect would bring them back after they have left it.
 */
export function useFocus(element: RefObject<FieldElement>, focus = false): void {
  useLayoutEffect(() => {
    if (focus) element.current?.focus({ preventScroll: true });
  }, [element, focus]);
}

/**
 * The SDK's listener on the field sends on a key whose `code` is `Enter` (SDK `chat-input/textarea`). So
 * - a key of an input method must not reach it. The listener tracks `compositionend`, which Safari fires before the Enter that ends a
 * composition;
 * - the Enter of the number pad, which has a `code` of its own, is dispatched as the other one.
 */
function normalizeEnter(event: KeyboardEvent<FieldElement>): void {
  if (isInputMethodKey(event.nativeEvent)) {
    event.stopPropagation();
  } else if (event.nativeEvent.code === 'NumpadEnter') {
    event.stopPropagation();
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    const enter = new KeyboardEvent('keydown', {
      key: 'Enter',
      code: 'Enter',
      bubbles: true,
      cancelable: true,
      ctrlKey,
      metaKey,
      altKey,
      shiftKey,
    });
    if (!event.currentTarget.dispatchEvent(enter)) event.preventDefault();
  }
}

const fieldDetail = ({ value, selectionEnd }: FieldElement): { value: string; cursor: number } => ({
  value,
  cursor: selectionEnd ?? value.length,
});
