/** Shows the bot's shortcuts above the text field. A shortcut that has fields opens a form. Loaded for bots that have shortcuts. */
import { useChatStatusStore, useSendMessage } from '@coze/chat-sdk';
import { type JSX, useMemo, useState } from 'react';
import { addStyles } from '../../platform/add-styles.js';
import { useMessages } from '../messages/messages-context.js';
import { fillTemplate, toCommand } from './form/fill-template.js';
import { ShortcutForm } from './form/shortcut-form.js';
import { parseShortcuts, type Shortcut } from './parse-shortcuts.js';
import type { ShortcutFormProps } from './shortcut-form-props.js';
import shortcutsCss from './shortcuts.css?inline';

addStyles(shortcutsCss);

export interface ShortcutsProps {
  /** The API's values, not parsed. */
  readonly values: readonly unknown[];
}

export function Shortcuts({ values }: ShortcutsProps): JSX.Element | null {
  const { strings, quotes, shortcut: sent } = useMessages();
  const isBusy = useChatStatusStore(({ disableState }) => disableState.clearMessage);
  const { sendTextMessage } = useSendMessage();
  const [opened, setOpened] = useState<Shortcut>();
  const shortcuts = useMemo(() => parseShortcuts(values), [values]);
  if (shortcuts.length === 0) return null;

  const send: ShortcutFormProps['onSend'] = async (text, command) => {
    const quote = quotes.pending;
    // Sends a shortcut without the quote, as Coze's own client does: it is a question of its own.
    quotes.set('');
    sent.set(text, command);
    const isSent = (await sendTextMessage(text)) as unknown;
    if (isSent === false) quotes.set(quote);
    else setOpened(undefined);
    return isSent !== false;
  };
  const press = (shortcut: Shortcut): void => {
    if (isBusy) return;
    if (shortcut.fields.length === 0) void send(fillTemplate(shortcut, {}), toCommand(shortcut, {}));
    else setOpened(shortcut);
  };
  return (
    <div className="shortcuts" role="group" aria-label={strings.shortcuts}>
      {shortcuts.map((shortcut) => (
        <button
          key={shortcut.id}
          type="button"
          className="shortcuts__chip"
          dir="auto"
          title={shortcut.description || undefined}
          aria-disabled={isBusy}
          onKeyDown={(event) => event.stopPropagation()}
          onClick={() => press(shortcut)}
        >
          {shortcut.name}
        </button>
      ))}
      {opened !== undefined && <ShortcutForm shortcut={opened} onSend={send} onCancel={() => setOpened(undefined)} />}
    </div>
  );
}
