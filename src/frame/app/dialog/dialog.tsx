/** A question in front of the chat: everything else waits, Escape is "no", and the focus goes back to where it was. */
import { type JSX, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { addStyles } from '../../platform/add-styles.js';
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
  // In the task in which it comes: a key may follow at once.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    return () => {
      // As long as it is open nothing else takes the focus.
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className="ask"
      aria-labelledby={titleId}
      // The toolbar takes arrow keys, the panel of the page Escape, the SDK every Space.
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        // The dialog's own way cannot be prevented a second time.
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
        <h2 id={titleId}>{title}</h2>
        {children}
      </form>
    </dialog>
  );
}
