/** Properties of a shortcut's form. */
import type { ShortcutCommand } from '../answers/sent-shortcut.js';
import type { Shortcut } from './parse-shortcuts.js';

export interface ShortcutFormProps {
  readonly shortcut: Shortcut;
  /** `command`: for a shortcut that runs a plugin or workflow. Resolves with whether the message was sent. */
  readonly onSend: (text: string, command: ShortcutCommand | undefined) => Promise<boolean>;
  readonly onCancel: () => void;
}
