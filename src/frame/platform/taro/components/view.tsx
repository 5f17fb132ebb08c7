/** Taro's View: a block. */
import type { ViewProps } from '@tarojs/components';
import type { ForwardedRef, HTMLAttributes } from 'react';
import { forwardRef, useRef } from 'react';
import { Clickable } from './clickable.js';
import { hostProps } from './shared/host-props.js';
import { SemanticContext, useSemantics } from './shared/semantics.js';
import { useOverflows } from './shared/use-overflows.js';

/** A `div`; with `onClick` a button where that is what it is. The ref is the element. */
export const View = forwardRef<HTMLElement, Omit<ViewProps, 'ref'>>(function View(props, ref) {
  const { children, onClick, onLongPress } = props;
  const { structure, surrounding, scrollName } = useSemantics(props.className);
  const host = { ...structure, ...hostProps(props, 'ccf-view') };
  if (onClick !== undefined || onLongPress !== undefined) {
    return (
      <Clickable tag="div" host={host} hasContent={children != null} onClick={onClick} onLongPress={onLongPress} ref={ref}>
        {children}
      </Clickable>
    );
  }
  if (scrollName !== undefined) return <ScrollBox host={{ ...host, children }} name={scrollName} />;
  const box = (
    <div {...host} ref={ref as ForwardedRef<HTMLDivElement>}>
      {children}
    </div>
  );
  return surrounding === undefined ? box : <SemanticContext.Provider value={surrounding}>{box}</SemanticContext.Provider>;
});

/** A box whose content may be wider than it is: then a stop for the Tab key, or the end could not be read without a pointer. */
function ScrollBox({ host, name }: { readonly host: HTMLAttributes<HTMLElement>; readonly name: string }): React.JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const stop = useOverflows(element) ? { role: 'group', 'aria-label': name, tabIndex: 0 } : {};
  return <div {...stop} {...host} className={`${host.className} ccf-scroll-box`} ref={element} />;
}
