/** What the form of a shortcut is given. */
import type { ShortcutCommand } from '../answers/sent-shortcut.js';
import type { Shortcut } from './parse-shortcuts.js';

export interface ShortcutFormProps {
  readonly shortcut: Shortcut;
  /** `command` where the bot runs something for it. Resolves with whether it is sent. */
  readonly onSend: (text: string, command: ShortcutCommand | undefined) => Promise<boolean>;
  readonly onCancel: () => void;
}
