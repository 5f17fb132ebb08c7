/** A modal question in front of the chat. Tab stays inside, and Escape means "no". The focus returns to the element that had it before. */
import { type JSX, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { isInputMethodKey } from '../../../core/values/input-method.js';
import { addStyles } from '../../platform/add-styles.js';
import { keepTabInside } from '../../platform/keep-tab-inside.js';
import dialogCss from './dialog.css?inline';

addStyles(dialogCss);

export interface DialogProps {
  readonly title: string;
  readonly onCancel: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, onCancel, onSubmit, children }: DialogProps): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // In the same task in which the dialog is rendered, because a key press may follow at once.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    return () => {
      // While the dialog is open, no element behind it can get the focus.
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className="ask"
      aria-labelledby={titleId}
      // Otherwise the toolbar would handle arrow keys, the page's panel Escape, and the SDK every Space.
      onKeyDown={(event) => {
        event.stopPropagation();
        keepTabInside(event, event.currentTarget);
        if (event.key !== 'Escape' || isInputMethodKey(event.nativeEvent)) return;
        // Without this, the browser closes the dialog itself, which a page cannot prevent a second time.
        event.preventDefault();
        onCancel();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <h2 id={titleId} dir="auto">
          {title}
        </h2>
        {children}
      </form>
    </dialog>
  );
}
