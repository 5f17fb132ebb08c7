/** Runs conversation commands in code that is loaded with the first one. */
import { type JSX, useRef, useState } from 'react';
import { ErrorCode } from '../../../core/errors.js';
import { fail } from '../../../core/result.js';
import type { RunConversationCommand } from '../../conversation-commands.js';
import type { ConversationsProps } from './conversations.js';
import { loadConversations } from './load-conversations.js';

/** Returns the element to render, which is `null` until its code is loaded, and the function that runs commands. */
export function useConversations(props: Omit<ConversationsProps, 'onReady'>): readonly [JSX.Element | null, RunConversationCommand] {
  const [part, setPart] = useState<JSX.Element | null>(null);
  const loading = useRef<Promise<RunConversationCommand>>();
  const run: RunConversationCommand = async (name, ...args) => {
    loading.current ??= loadConversations().then(
      ({ Conversations }) => new Promise((onReady) => setPart(<Conversations {...props} onReady={onReady} />)),
    );
    try {
      const loaded = await loading.current;
      return await loaded(name, ...args);
    } catch {
      loading.current = undefined;
      return fail({ code: ErrorCode.FrameUnavailable, message: 'The code for conversations could not be loaded.', retryable: true });
    }
  };
  return [part, run];
}
