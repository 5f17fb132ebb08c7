/** Shared by our replacements of the SDK's hooks in one chat. */
import type { RawMessage } from '@coze/chat-sdk';
import { createContext, useContext } from 'react';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { PendingReply } from '../bridge/pending-reply.js';
import type { LazyAttachments } from './lazy-attachments.js';
import type { VisitorDraft } from './visitor-draft.js';

export interface Sending {
  readonly draft: VisitorDraft;
  readonly attachments: LazyAttachments;
  readonly turns: PendingReply;
  /** Stops the running answer. `false` when none is running. */
  readonly stopAnswer: () => boolean;
  readonly strings: ChatStrings;
  /** Asks the page, which may change the text. Returns whether to send the message. */
  readonly prepare: (message: RawMessage) => Promise<boolean>;
  /** Resolves with whether the chat still belongs to the present visitor. */
  readonly confirmVisitor: () => Promise<boolean>;
}

export const SendingContext = createContext<Sending | undefined>(undefined);

export function useSending(): Sending {
  const sending = useContext(SendingContext);
  if (sending === undefined) throw new TypeError('The SDK’s hooks are used outside of <Chat>.');
  return sending;
}
