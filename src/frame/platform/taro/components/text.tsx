/** Taro's Text: inline text. */
import type { TextProps } from '@tarojs/components';
import { forwardRef } from 'react';
import { Clickable } from './clickable.js';
import { hostProps } from './shared/host-props.js';

/** A `span`: `selectable` allows selection, `numberOfLines` clamps with an ellipsis, `space` preserves white space. */
export const Text = forwardRef<HTMLElement, Omit<TextProps, 'ref'>>(function Text(props, ref) {
  const { children, onClick, numberOfLines } = props;
  const host = hostProps(props, textClass(props));
  if (numberOfLines !== undefined) host.style = { ...host.style, WebkitLineClamp: numberOfLines };
  if (onClick === undefined) {
    return (
      <span {...host} ref={ref}>
        {children}
      </span>
    );
  }
  return (
    <Clickable tag="span" host={host} hasContent={children != null} onClick={onClick} ref={ref}>
      {children}
    </Clickable>
  );
});

function textClass({ selectable, userSelect, numberOfLines, space }: TextProps): string {
  return [
    'ccf-text',
    (selectable || userSelect) && 'ccf-text--selectable',
    numberOfLines !== undefined && 'ccf-text--clamped',
    space !== undefined && 'ccf-text--spaced',
  ]
    .filter(Boolean)
    .join(' ');
}
