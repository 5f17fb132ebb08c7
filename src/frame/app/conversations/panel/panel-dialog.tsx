/** A modal dialog over the start side of the chat, with a title and a close button. */
import { type JSX, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { isInputMethodKey } from '../../../../core/values/input-method.js';
import { addStyles } from '../../../platform/add-styles.js';
import { keepTabInside } from '../../../platform/keep-tab-inside.js';
import { getStrings } from '../../../platform/taro/strings.js';
import panelCss from './conversation-panel.css?inline';

addStyles(panelCss);

export interface PanelDialogProps {
  readonly title: string;
  /** Class in addition to `conversations`. */
  readonly className?: string;
  readonly dialog?: RefObject<HTMLDialogElement>;
  /** Elements between the title and the close button. */
  readonly actions?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function PanelDialog({ title, className = '', dialog, actions, onClose, children }: PanelDialogProps): JSX.Element {
  const own = useRef<HTMLDialogElement>(null);
  const element = dialog ?? own;
  // A layout effect opens the dialog in the same task, before the next key.
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    shown.showModal();
    return () => shown.close();
  }, []);
  return (
    <dialog
      className={`conversations ${className}`}
      ref={element}
      aria-labelledby="conversations-title"
      onClick={(event) => event.target === element.current && onClose()}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        keepTabInside(event, event.currentTarget);
        if (event.key !== 'Escape' || isInputMethodKey(event.nativeEvent)) return;
        // Prevents the dialog's own `cancel`, which cannot be prevented a second time, and keeps the panel around the chat open.
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="conversations__content">
        <div className="conversations__header">
          <h2 id="conversations-title">{title}</h2>
          {actions}
          <IconButton className="conversations__close" label={getStrings().close} path="m6 6 12 12M18 6 6 18" onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

interface IconButtonProps {
  readonly className: string;
  readonly label: string;
  readonly path: string;
  readonly onClick: () => void;
}

export function IconButton({ className, label, path, onClick }: IconButtonProps): JSX.Element {
  return (
    <button type="button" className={`conversations__icon ${className}`} aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
