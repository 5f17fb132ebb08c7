/** Taro's Textarea. */
import { forwardRef, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { TextareaProps } from '@tarojs/components';
import { fieldProps, useFocus } from './field.js';
import { hostProps } from './host-props.js';

/**
 * A `textarea` in a box that carries the id and the class: the SDK looks the field up as `document.getElementById(id).querySelector('textarea')`
 * and styles it as `.taro-textarea`. The ref is the box. With `autoHeight` the field is as high as its text, up to the box's `max-height`.
 */
export const Textarea = forwardRef<HTMLDivElement, Omit<TextareaProps, 'ref'>>(function Textarea(props, ref) {
  const { value, focus, autoFocus, autoHeight } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useFocus(field, focus);
  useHeightOfText(field, autoHeight === true, value);

  return (
    <div {...hostProps(props, 'ccf-textarea')} ref={ref}>
      <textarea
        {...fieldProps<HTMLTextAreaElement>(props)}
        className={`taro-textarea ccf-textarea__field${autoHeight ? ' ccf-textarea__field--auto' : ''}`}
        rows={autoHeight ? 1 : undefined}
        autoFocus={autoFocus}
        ref={field}
      />
    </div>
  );
});

/** Where the browser cannot do it by itself (`field-sizing` in base.css). After every change of the text, because the SDK resets the height on input. */
function useHeightOfText(field: RefObject<HTMLTextAreaElement>, isWanted: boolean, text: string | undefined): void {
  useLayoutEffect(() => {
    if (!isWanted || !field.current || CSS.supports('field-sizing', 'content')) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [field, isWanted, text]);
}
