/** A row of the list: a press opens the conversation; buttons rename and delete it. */
import { type JSX, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { isInputMethodKey } from '../../../../core/values/input-method.js';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import type { ChatConversation } from '../../../conversation-commands.js';
import { MAX_NAME_LENGTH } from '../conversation-requests.js';
import { IconButton } from './panel-dialog.js';
import { toReadableName } from './readable-name.js';

export interface ConversationRowProps {
  readonly conversation: ChatConversation;
  readonly date: string;
  readonly strings: ChatStrings;
  readonly canEdit: boolean;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => Promise<boolean>;
  readonly onDelete: () => Promise<boolean>;
}

type Mode = 'shown' | 'renaming' | 'deleting';

export function ConversationRow(props: ConversationRowProps): JSX.Element {
  const { conversation, date, strings, canEdit, onOpen, onRename, onDelete } = props;
  const [mode, setMode] = useState<Mode>('shown');
  const row = useRef<HTMLLIElement>(null);
  const isRemoving = useRef(false);
  const name = toReadableName(conversation.name) || strings.conversationUnnamed;
  /** Selector of the button that gets the focus back when it is rendered again. */
  const returnTo = useRef('');
  // A layout effect moves the focus in the same task, before the next key.
  useLayoutEffect(() => {
    if (mode !== 'shown' || returnTo.current === '') return;
    row.current?.querySelector<HTMLElement>(`${returnTo.current}, .conversation__open:only-child`)?.focus();
    returnTo.current = '';
  }, [mode]);

  const returnToRow = (button: string): void => {
    returnTo.current = button;
    setMode('shown');
  };
  const leaveOnEscape = (button: string) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape' || isInputMethodKey(event.nativeEvent)) return;
    event.stopPropagation();
    event.preventDefault();
    returnToRow(button);
  };

  if (mode === 'renaming') {
    const rename = async (text: string): Promise<void> => {
      const isChanged = toReadableName(text) !== '' && text !== conversation.name;
      // A name that could not be saved stays in the field.
      if (!isChanged || (await onRename(text))) returnToRow('.conversation__rename');
    };
    return (
      <li className="conversation" ref={row}>
        <RenameForm
          name={toReadableName(conversation.name)}
          strings={strings}
          onSave={(text) => void rename(text)}
          onKeyDown={leaveOnEscape('.conversation__rename')}
        >
          <button type="button" onClick={() => returnToRow('.conversation__rename')}>
            {strings.cancel}
          </button>
        </RenameForm>
      </li>
    );
  }
  const remove = async (): Promise<void> => {
    // The second press of a double click would find nothing to delete, and begin another conversation in place of the present one.
    if (isRemoving.current) return;
    isRemoving.current = true;
    if (!(await onDelete())) returnToRow('.conversation__delete');
    isRemoving.current = false;
  };
  if (mode === 'deleting') {
    return (
      <li className="conversation" ref={row}>
        <div
          className="conversation__form"
          role="group"
          aria-label={withName(strings.conversationDeleteQuestion, name)}
          onKeyDown={leaveOnEscape('.conversation__delete')}
        >
          <p>{withName(strings.conversationDeleteQuestion, name)}</p>
          <button type="button" ref={focusOnce} onClick={() => returnToRow('.conversation__delete')}>
            {strings.cancel}
          </button>
          <button type="button" onClick={() => void remove()}>
            {strings.delete}
          </button>
        </div>
      </li>
    );
  }
  return (
    <li className="conversation" ref={row}>
      <button type="button" className="conversation__open" aria-current={conversation.isCurrent ? 'true' : undefined} onClick={onOpen}>
        <bdi className="conversation__name">{name}</bdi> <time dateTime={new Date(conversation.updatedAt).toISOString()}>{date}</time>
      </button>
      {canEdit && (
        <>
          <IconButton
            className="conversation__rename"
            label={withName(strings.conversationRename, name)}
            path="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"
            onClick={() => setMode('renaming')}
          />
          <IconButton
            className="conversation__delete"
            label={withName(strings.conversationDelete, name)}
            path="M4 7h16M10 4h4M6 7l1 13h10l1-13M10 11v5M14 11v5"
            onClick={() => setMode('deleting')}
          />
        </>
      )}
    </li>
  );
}

interface RenameFormProps {
  readonly name: string;
  readonly strings: ChatStrings;
  readonly onSave: (name: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly children: JSX.Element;
}

function RenameForm({ name, strings, onSave, onKeyDown, children }: RenameFormProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <form
      className="conversation__form"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(field.current?.value ?? '');
      }}
    >
      <input
        ref={field}
        type="text"
        dir="auto"
        defaultValue={name}
        maxLength={MAX_NAME_LENGTH}
        aria-label={strings.conversationName}
        autoComplete="off"
      />
      <button type="submit">{strings.conversationSave}</button>
      {children}
    </form>
  );
}

const focusOnce = (element: HTMLElement | null): void => element?.focus();

/** Isolates the name from the sentence's direction. */
function withName(sentence: string, name: string): string {
  return sentence.replace('{name}', () => `\u2068${name}\u2069`);
}
