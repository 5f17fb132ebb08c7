/** Loads and shows the bot's shortcuts if there are any and the page allows them. */
import { useChatInfoStore } from '@coze/chat-sdk';
import type { JSX } from 'react';
import { useLateComponent } from '../../platform/use-late-component.js';
import { useMessages } from '../messages/messages-context.js';
import type { BotInfo } from '../service/bot-info.js';

export function LateShortcuts(): JSX.Element | null {
  const { options } = useMessages();
  const values = useChatInfoStore(({ info }) => (info as unknown as BotInfo | null)?.shortcuts) ?? [];
  const isShown = values.length > 0 && options.shortcuts !== false;
  const Shortcuts = useLateComponent(
    'shortcuts',
    () => import('./shortcuts.js').then((loaded) => loaded.Shortcuts),
    isShown,
    'What shows the shortcuts',
  );
  return isShown && Shortcuts !== undefined ? <Shortcuts values={values} /> : null;
}
