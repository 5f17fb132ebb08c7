/** The props that every component of the layer passes on to its DOM element. */
import type { CSSProperties, HTMLAttributes } from 'react';

interface StandardProps {
  readonly id?: string;
  readonly className?: string;
  readonly style?: string | CSSProperties;
}

const forwarded = /^(?:id|role|title|tabIndex|hidden|dir|lang|aria-.+|data-.+|onTouch.+)$/;

/**
 * The props of a Taro component that have the same meaning in HTML. All others (`numberOfLines`, `cursorSpacing`, …) are Taro's and must
 * not become unknown attributes. A style given as text is dropped: the SDK uses none, and a style attribute would violate a strict CSP.
 */
export function hostProps(props: StandardProps, baseClass: string): HTMLAttributes<HTMLElement> {
  const { className, style } = props;
  return {
    // Taro has its own type for touch events; React's have every member that the SDK reads.
    ...(Object.fromEntries(Object.entries(props).filter(([name]) => forwarded.test(name))) as HTMLAttributes<HTMLElement>),
    className: className ? `${baseClass} ${className}` : baseClass,
    style: typeof style === 'object' ? style : undefined,
  };
}
