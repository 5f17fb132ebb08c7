/** What every component of the layer hands on to its DOM element. */
import type { CSSProperties, HTMLAttributes } from 'react';

interface StandardProps {
  readonly id?: string;
  readonly className?: string;
  readonly style?: string | CSSProperties;
}

const forwarded = /^(?:id|role|title|tabIndex|hidden|dir|lang|aria-.+|data-.+|onTouch.+)$/;

/**
 * The props of a Taro component that mean the same on an HTML element. Everything else (`numberOfLines`, `cursorSpacing`, …) is Taro's own
 * and must not become an unknown attribute. A style given as text is dropped: the SDK never does, and a style attribute would break a strict CSP.
 */
export function hostProps(props: StandardProps, baseClass: string): HTMLAttributes<HTMLElement> {
  const { className, style } = props;
  return {
    // Taro types touch events by its own interface; React's have every member the SDK reads.
    ...(Object.fromEntries(Object.entries(props).filter(([name]) => forwarded.test(name))) as HTMLAttributes<HTMLElement>),
    className: className ? `${baseClass} ${className}` : baseClass,
    style: typeof style === 'object' ? style : undefined,
  };
}
