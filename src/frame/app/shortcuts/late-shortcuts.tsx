/** A place for the bot's shortcuts. */
import { useChatInfoStore } from '@coze/chat-sdk';
import { type ComponentType, type JSX, useEffect, useState } from 'react';
import { loadChunk } from '../../platform/load-chunk.js';
import { useMessages } from '../messages/messages-context.js';
import type { BotInfo, Shortcut } from '../service/bot-info.js';

interface ShortcutsProps {
  readonly shortcuts: readonly Shortcut[];
}

export function LateShortcuts(): JSX.Element | null {
  const { options } = useMessages();
  const shortcuts = useChatInfoStore(({ info }) => (info as unknown as BotInfo | null)?.shortcuts);
  const [Loaded, setLoaded] = useState<ComponentType<ShortcutsProps>>();
  const isShown = shortcuts !== undefined && shortcuts.length > 0 && options.shortcuts !== false;
  useEffect(() => {
    if (!isShown || Loaded !== undefined) return;
    loadChunk('shortcuts', () => import('./shortcuts.js')).then(
      (loaded) => setLoaded(() => loaded.Shortcuts),
      // eslint-disable-next-line no-console -- everything can be written, too
      () => console.warn('[coze-chat] The shortcuts could not be loaded.'),
    );
  }, [isShown]);
  return isShown && Loaded !== undefined ? <Loaded shortcuts={shortcuts} /> : null;
}
