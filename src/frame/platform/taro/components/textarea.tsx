/** Taro's Textarea. */
import type { TextareaProps } from '@tarojs/components';
import type { RefObject } from 'react';
import { forwardRef, useLayoutEffect, useRef } from 'react';
import { fieldProps, useFocus } from './shared/field.js';
import { hostProps } from './shared/host-props.js';

/**
 * A `textarea` in a box with the id and the class: the SDK finds the field by `document.getElementById(id).querySelector('textarea')` and
 * styles it by `.taro-textarea`. The ref is the box. With `autoHeight` the field grows with its text, up to the box's `max-height`.
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

/**
 * Sets the height for browsers without `field-sizing` (base.css). Runs after every change of the text, because the SDK resets the height on
 * input; and of the width, which is 0 while the frame is not displayed.
 */
export function useHeightOfText(field: RefObject<HTMLTextAreaElement>, isWanted: boolean, text: string | undefined): void {
  const isOurs = isWanted && !CSS.supports('field-sizing', 'content');

  useLayoutEffect(() => {
    if (isOurs && field.current) fitText(field.current);
  }, [field, isOurs, text]);

  useLayoutEffect(() => {
    const { current } = field;
    if (!isOurs || !current) return undefined;
    let width = current.clientWidth;
    const observer = new ResizeObserver(() => {
      if (current.clientWidth === width) return;
      width = current.clientWidth;
      // Not at once: an observer that resizes its element causes an error. Not in an animation frame: WebKitGTK runs none in a document
      // that has just been displayed until something else changes.
      setTimeout(() => fitText(current));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [field, isOurs]);
}

function fitText(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
