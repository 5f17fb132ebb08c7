/**
 * What listens for clicks, and whether that makes it a control.
 *
 * The SDK hangs `onClick` on anything. A control is the *outermost* element that listens for clicks and has something to show. Therefore not
 * - what lies inside a control: it is part of it, as in a native button (the SDK wraps a listening icon in a listening row);
 * - an element with an `id`: the SDK gives one to the regions it measures and listens on (the frame's root, a message with its menu), never to controls;
 * - an element without content: the backdrop of a dialog.
 */
import type { ViewProps } from '@tarojs/components';
import type { HTMLAttributes, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { createContext, createElement, forwardRef, useContext, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { nameOfControl } from './shared/control-name.js';
import { useLongPress } from './shared/use-long-press.js';

export interface ClickableProps extends Pick<ViewProps, 'onClick' | 'onLongPress'> {
  readonly tag: 'div' | 'span' | 'img';
  /** The attributes of the element; an `id` keeps it from being a control. */
  readonly host: HTMLAttributes<HTMLElement>;
  /** Whether there is something to see that a click can mean. */
  readonly hasContent: boolean;
  readonly children?: ReactNode;
}

const InsideControl = createContext(false);

/** An element with `onClick` or `onLongPress`: a button for pointer, keyboard and screen reader alike if it is a control, else itself. */
export const Clickable = forwardRef<HTMLElement, ClickableProps>(function Clickable(props, ref) {
  const { tag, host, hasContent, children, onClick, onLongPress } = props;
  const element = useRef<HTMLElement>(null);
  useImperativeHandle(ref, () => element.current as HTMLElement, []);

  const isControl = !useContext(InsideControl) && onClick !== undefined && host.id === undefined && hasContent;
  // After every render, because the SDK renders the disabled box anew together with the control in it, and changes the icon.
  useLayoutEffect(() => {
    const control = isControl ? element.current : null;
    if (control === null) return;
    if (isDisabled(control)) control.setAttribute('aria-disabled', 'true');
    else control.removeAttribute('aria-disabled');
    const name = nameOfControl(control);
    if (name !== undefined && control instanceof HTMLImageElement) control.alt = name;
    else if (name !== undefined) control.setAttribute('aria-label', name);
  });

  useLayoutEffect(() => () => restoreFocus(element.current), []);

  // The SDK's handlers are typed for Taro's touch event; of it they only call `stopPropagation`.
  const listeners = { onClick: onClick as ((event: MouseEvent) => void) | undefined, ...useLongPress(onLongPress) };
  if (!isControl) return createElement(tag, { ...host, ...listeners, ref: element }, children);

  const control = createElement(
    tag,
    {
      role: 'button',
      tabIndex: 0,
      ...host,
      ...listeners,
      className: `${host.className} ccf-control`,
      onClick: (event: MouseEvent<HTMLElement>) => {
        if (isKeyOrAssistiveClick(event) && isDisabled(event.currentTarget)) return event.stopPropagation();
        listeners.onClick?.(event);
      },
      onKeyDownCapture: activateByKey,
      ref: element,
    },
    children,
  );
  return <InsideControl.Provider value={true}>{control}</InsideControl.Provider>;
});

/**
 * Enter and Space press the control. In the capture phase, so that the key goes no further: the SDK's root takes every Space it sees for
 * "start recording" while voice input is on.
 */
function activateByKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) event.currentTarget.click();
}

/**
 * A control that goes with its own press, say a suggestion or the switch between voice and keyboard, would leave the focus nowhere. It goes to
 * what the control lay in; of the SDK's root, "hold Space to speak" depends on that.
 */
function restoreFocus(control: HTMLElement | null): void {
  if (control !== document.activeElement) return;
  control?.parentElement?.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
}

/** `detail` counts the presses of a pointer; a click by key or assistive technology has none. */
const isKeyOrAssistiveClick = (event: MouseEvent): boolean => event.detail === 0;

/**
 * The SDK disables controls by a box around them whose local class name is `disabled`: a transparent pseudo-element over them stops the pointer.
 * The key must be stopped here. The mark of a failed message it disables by `disable` on the mark itself. Local names survive in the hashed
 * names of CSS modules.
 */
function isDisabled(control: HTMLElement): boolean {
  return control.matches('[class*="_disable_"]') || control.parentElement?.closest('[class*="_disabled_"]') != null;
}
