/**
 * An element with click listeners, which may be a control.
 *
 * The SDK puts `onClick` on any element. A control is the *outermost* element with a click listener and with content. Not a control is:
 * - an element inside a control: it belongs to the control, as in a native button (the SDK wraps a listening icon in a listening row);
 * - an element with an `id`: the SDK gives one to the regions that it measures and listens on (the frame's root, a message with its menu),
 * never to controls;
 * - an element without content: the backdrop of a dialog.
 */
import type { ViewProps } from '@tarojs/components';
import type { HTMLAttributes, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { createContext, createElement, forwardRef, useContext, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { nameOfControl } from './shared/control-name.js';
import { useLongPress } from './shared/use-long-press.js';

export interface ClickableProps extends Pick<ViewProps, 'onClick' | 'onLongPress'> {
  readonly tag: 'div' | 'span' | 'img';
  /** The attributes of the element; with an `id` it is no control. */
  readonly host: HTMLAttributes<HTMLElement>;
  /** Whether the element has visible content. */
  readonly hasContent: boolean;
  readonly children?: ReactNode;
}

const InsideControl = createContext(false);

/** An element with `onClick` or `onLongPress`. A control gets the role and keys of a button. */
export const Clickable = forwardRef<HTMLElement, ClickableProps>(function Clickable(props, ref) {
  const { tag, host, hasContent, children, onClick, onLongPress } = props;
  const element = useRef<HTMLElement>(null);
  useImperativeHandle(ref, () => element.current as HTMLElement, []);

  const isControl = !useContext(InsideControl) && onClick !== undefined && host.id === undefined && hasContent;
  // After every render, because the SDK re-renders the disabled box with the control in it, and changes the icon.
  useLayoutEffect(() => {
    const control = isControl ? element.current : null;
    if (control === null) return;
    if (isDisabled(control)) control.setAttribute('aria-disabled', 'true');
    else control.removeAttribute('aria-disabled');
    const name = nameOfControl(control);
    if (name !== undefined && control instanceof HTMLImageElement) control.alt = name;
    else if (name !== undefined) {
      control.setAttribute('aria-label', name);
      // A tooltip, because not every visitor recognises an icon.
      control.title = name;
    }
  });

  useLayoutEffect(() => () => restoreFocus(element.current), []);

  // The SDK's handlers are typed for Taro's touch event, but only call `stopPropagation`.
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
 * Enter and Space press the control. Stopped in the capture phase: the SDK's root takes every Space for "start recording" while voice input
 * is on.
 */
function activateByKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) event.currentTarget.click();
}

/**
 * A control that its own press removes, such as a suggestion or the switch between voice and keyboard, would lose the focus. The focus
 * moves to the nearest focusable ancestor; for the SDK's root, "hold Space to speak" depends on that.
 */
function restoreFocus(control: HTMLElement | null): void {
  if (control !== document.activeElement) return;
  control?.parentElement?.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
}

/** `detail` counts the presses of a pointer; a click by key or assistive technology has 0. */
const isKeyOrAssistiveClick = (event: MouseEvent): boolean => event.detail === 0;

/**
 * The SDK disables controls by a box around them whose local class name is `disabled`; a transparent pseudo-element over them blocks the
 * pointer. Keys have to be blocked here. The mark of a failed message is disabled by `disable` on the mark itself. The hashed class names
 * of CSS modules include the local names.
 */
function isDisabled(control: HTMLElement): boolean {
  return control.matches('[class*="_disable_"]') || control.parentElement?.closest('[class*="_disabled_"]') != null;
}
